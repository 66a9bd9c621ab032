namespace Gsr.Experiments.Disentanglement;

/// <summary>How a <see cref="RandomForest"/> is grown.</summary>
public sealed record RandomForestOptions
{
    /// <summary>Number of trees, at least 1; 50 by default.</summary>
    public int Trees { get; init; } = 50;

    /// <summary>
    /// Most splits from a root to a leaf, at least 1; 12 by default. Deeper trees predict hardly better, but spend their splits
    /// on noise, which gives every feature some importance.
    /// </summary>
    public int MaxDepth { get; init; } = 12;

    /// <summary>Fewest examples in a leaf, counted as often as the bootstrap drew them, at least 1; 10 by default, for the same reason.</summary>
    public int LeastPerLeaf { get; init; } = 10;

    /// <summary>
    /// How many randomly chosen features a split is sought among; all where null, the default, so that a feature that tells
    /// the target is never missed and the importances show it. Of features that split equally well one is taken by chance.
    /// </summary>
    public int? FeaturesPerSplit { get; init; }

    /// <summary>Decides bootstraps and the order of features; the number of threads does not.</summary>
    public int Seed { get; init; }

    internal void Check(int features)
    {
        AtLeastOne(Trees, nameof(Trees));
        AtLeastOne(MaxDepth, nameof(MaxDepth));
        AtLeastOne(LeastPerLeaf, nameof(LeastPerLeaf));
        if (FeaturesPerSplit is not { } some) return;
        AtLeastOne(some, nameof(FeaturesPerSplit));
        if (some > features)
            throw new ArgumentException($"RandomForestOptions.FeaturesPerSplit is {some}, and there are {features} features; give at most as many, or null for all.");
    }

    private static void AtLeastOne(int value, string name)
    {
        if (value < 1) throw new ArgumentException($"RandomForestOptions.{name} is {value}; it must be at least 1.");
    }
}
