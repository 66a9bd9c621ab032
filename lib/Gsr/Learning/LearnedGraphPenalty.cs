using Gsr.Penalties;
using TorchSharp;

namespace Gsr.Learning;

/// <summary>The penalty of whichever graph was learned last.</summary>
internal sealed class LearnedGraphPenalty : IActivationPenalty, IDisposable
{
    /// <summary>The present penalty; null before the first graph.</summary>
    public GraphPenalty? Present { get; private set; }

    public void Replace(GraphPenalty penalty)
    {
        Present?.Release();
        Present = penalty;
    }

    /// <inheritdoc/>
    public PenaltyValue Evaluate(torch.Tensor activations, double weight) =>
        (Present ?? throw new InvalidOperationException("The penalty has no graph yet.")).Evaluate(activations, weight);

    public void Dispose() => Present?.Release();

    public override string ToString() => Present?.ToString() ?? "zᵀLz of a graph to be learned";
}
