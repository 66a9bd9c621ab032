namespace Gsr.Experiments.Disentanglement;

/// <summary>How a <see cref="RandomForest"/> is grown.</summary>
public sealed record RandomForestOptions
{
    /// <summary>Number of trees; 50 by default.</summary>
    public int Trees { get; init; } = 50;

    /// <summary>
    /// Most splits from a root to a leaf; 12 by default. Deeper trees predict hardly better, but spend their splits on
    /// noise, which gives every feature some importance.
    /// </summary>
    public int MaxDepth { get; init; } = 12;

    /// <summary>
    /// Fewest examples in a leaf, counted as often as the bootstrap drew them; 10 by default, for the same reason.
    /// </summary>
    public int LeastPerLeaf { get; init; } = 10;

    /// <summary>Decides bootstraps and the order of features, whatever the number of threads.</summary>
    public int Seed { get; init; }
}
