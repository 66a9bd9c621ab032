using TorchSharp;

namespace Gsr.Training;

/// <summary>Where the batches of a training come from.</summary>
internal interface IBatchSource : IDisposable
{
    /// <summary>Batches in an epoch, a smaller last one included.</summary>
    int BatchesPerEpoch { get; }

    /// <summary>The next batch, one tensor per tensor of examples; the caller owns them.</summary>
    torch.Tensor[] Next();
}
