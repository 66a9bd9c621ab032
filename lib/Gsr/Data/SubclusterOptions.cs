namespace Gsr.Data;

/// <summary>The hierarchical sub-clusters of Tong et al. 2020, section 4.1, as their code generates them.</summary>
public sealed record SubclusterOptions
{
    /// <summary>Number of examples, default 60,000.</summary>
    public int Samples { get; init; } = 60_000;

    /// <summary>Groups of features, one per large cluster, default 3; each large cluster has two sub-clusters.</summary>
    public int Modules { get; init; } = 3;

    /// <summary>Features of a group, default 5.</summary>
    public int FeaturesPerModule { get; init; } = 5;

    /// <summary>Correlation of the noise of two features of one group, 0 ≤ ρ &lt; 1, default 0.6; noise of different groups is independent.</summary>
    public double Correlation { get; init; } = 0.6;

    /// <summary>What a cluster adds to its features, in standard deviations of the noise, default 10.</summary>
    public double Shift { get; init; } = 10;

    /// <summary>Seeds labels and noise.</summary>
    public int Seed { get; init; }

    internal void Check()
    {
        if (Samples < 1) throw new ArgumentException($"SubclusterOptions.Samples is {Samples}; it must be at least 1.");
        if (Modules < 1) throw new ArgumentException($"SubclusterOptions.Modules is {Modules}; it must be at least 1.");
        if (FeaturesPerModule < 1) throw new ArgumentException($"SubclusterOptions.FeaturesPerModule is {FeaturesPerModule}; it must be at least 1.");
        if (Correlation is not (>= 0 and < 1)) throw new ArgumentException($"SubclusterOptions.Correlation is {Correlation}; it must lie in [0, 1).");
        if (!double.IsFinite(Shift)) throw new ArgumentException($"SubclusterOptions.Shift is {Shift}; it must be finite.");
        if ((long)Samples * Modules * FeaturesPerModule > Array.MaxLength)
            throw new ArgumentException($"SubclusterOptions.Samples is {Samples}: {Samples} x {Modules * FeaturesPerModule} values are too many; ask for fewer.");
    }
}
