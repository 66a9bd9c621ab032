using TorchSharp;

namespace Gsr.Training;

/// <summary>
/// Where training takes its batches from, when no tensor holds all examples: such as a file that is larger than memory.
/// </summary>
public interface IBatchSource : IDisposable
{
    /// <summary>Batches in an epoch, a smaller last one included.</summary>
    int BatchesPerEpoch { get; }

    /// <summary>
    /// The next batch, as the objective receives it: one tensor or several of equal first dimension; the caller owns
    /// them.
    /// </summary>
    torch.Tensor[] Next();
}
