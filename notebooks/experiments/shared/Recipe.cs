using Gsr.Learning;
using Gsr.Models;

namespace Gsr.Experiments;

/// <summary>What distinguishes the networks of one condition from those of another.</summary>
/// <param name="Name">As tables and legends have it.</param>
/// <param name="Builder">Makes a graph of the code's neurons.</param>
/// <param name="Alpha">Weight of the graph penalty.</param>
public sealed record Recipe(string Name, IFeatureGraphBuilder Builder, double Alpha)
{
    /// <summary>The code's activation; default a ReLU, by which a neuron is active or silent.</summary>
    public Activation Code { get; init; } = Activation.ReLU;

    /// <summary>Training steps, for a training that ends early; null (default) for all.</summary>
    public long? Steps { get; init; }
}
