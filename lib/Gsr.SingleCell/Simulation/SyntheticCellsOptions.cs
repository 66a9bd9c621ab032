namespace Gsr.SingleCell.Simulation;

/// <summary>The model of <see cref="SyntheticCells"/>.</summary>
public sealed record SyntheticCellsOptions
{
    /// <summary>Number of cells, 1 or more; 1,000 by default.</summary>
    public int Cells { get; init; } = 1_000;

    /// <summary>Number of groups of equal probability, 1 or more; 4 by default. Unused with a lineage.</summary>
    public int Groups { get; init; } = 4;

    /// <summary>A tree of branches in place of groups; none by default. The first is the root.</summary>
    public IReadOnlyList<LineageBranch>? Lineage { get; init; }

    /// <summary>Genes of each module, 1 or more; 30 by default.</summary>
    public int GenesPerModule { get; init; } = 30;

    /// <summary>How many of a module's genes are markers, nearly silent where the module rests; 5 by default.</summary>
    public int MarkersPerModule { get; init; } = 5;

    /// <summary>Genes of no module, 0 or more; 300 by default.</summary>
    public int BackgroundGenes { get; init; } = 300;

    /// <summary>Factor of a gene's level between a resting and an active module, 1 or more; 6 by default.</summary>
    public double FoldChange { get; init; } = 6;

    /// <summary>
    /// Standard deviation of the logarithm of a factor that a module's genes share in each cell, 0 or more; 0.2 by
    /// default.
    /// </summary>
    public double ModuleNoise { get; init; } = 0.2;

    /// <summary>Median of the cells' expected totals, above 0; 3,000 by default.</summary>
    public double MedianLibrarySize { get; init; } = 3_000;

    /// <summary>Standard deviation of the logarithm of the expected totals, 0 or more; 0.3 by default.</summary>
    public double LibrarySizeSpread { get; init; } = 0.3;

    /// <summary>φ of the negative binomial variance m + φm², 0 (Poisson) or more; 0.2 by default.</summary>
    public double Dispersion { get; init; } = 0.2;

    /// <summary>
    /// The mean at which half of the counts are lost: a count of mean m becomes 0 with probability h / (h + m). 0 or
    /// more; 0.1 by default.
    /// </summary>
    public double HalfDropoutMean { get; init; } = 0.1;

    /// <summary>Equal seeds and options give equal cells; more cells extend fewer. 0 by default.</summary>
    public int Seed { get; init; }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Cells);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Groups);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(GenesPerModule);
        ArgumentOutOfRangeException.ThrowIfNegative(MarkersPerModule);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MarkersPerModule, GenesPerModule);
        ArgumentOutOfRangeException.ThrowIfNegative(BackgroundGenes);
        AtLeast(FoldChange, 1, nameof(FoldChange));
        AtLeast(ModuleNoise, 0, nameof(ModuleNoise));
        AtLeast(MedianLibrarySize, double.Epsilon, nameof(MedianLibrarySize));
        AtLeast(LibrarySizeSpread, 0, nameof(LibrarySizeSpread));
        AtLeast(Dispersion, 0, nameof(Dispersion));
        AtLeast(HalfDropoutMean, 0, nameof(HalfDropoutMean));
        if (Lineage is not null) CheckLineage(Lineage);
    }

    private static void CheckLineage(IReadOnlyList<LineageBranch> lineage)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (lineage.Count == 0)
            throw new ArgumentException("Lineage has no branch; give one or more, or null.", nameof(Lineage));
        foreach (var branch in lineage)
        {
            if (names.Count == 0 != branch.Parent is null
                || (branch.Parent is not null && !names.Contains(branch.Parent)))
            {
                throw new ArgumentException($"Lineage has a branch '{branch.Name}' with parent '{branch.Parent}'; " +
                    "the first has none, and every other one a branch before it.", nameof(Lineage));
            }
            if (string.IsNullOrEmpty(branch.Name) || !names.Add(branch.Name))
            {
                throw new ArgumentException(
                    $"Lineage has the name '{branch.Name}' twice or empty; name each branch differently.",
                    nameof(Lineage));
            }
            if (!(branch.Length > 0 && double.IsFinite(branch.Length)))
            {
                throw new ArgumentException(
                    $"Lineage has a branch '{branch.Name}' of length {branch.Length}; it must be above 0.",
                    nameof(Lineage));
            }
        }
    }

    private static void AtLeast(double value, double least, string argument)
    {
        if (value >= least && double.IsFinite(value)) return;
        throw new ArgumentOutOfRangeException(
            argument, value, $"{argument} is {value}; give a finite number of at least {least}.");
    }
}
