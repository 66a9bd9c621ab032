namespace Gsr.Experiments.Subclusters;

/// <summary>
/// The hierarchical sub-cluster model of <see cref="SubclusterGenerator"/>; the defaults are the paper's E1.
/// </summary>
public sealed record SubclusterOptions
{
    /// <summary>Number of samples, 1 or more; 60,000 by default.</summary>
    public int Samples { get; init; } = 60_000;

    /// <summary>Number of large clusters, each with a module of features of its own, 1 or more; 3 by default.</summary>
    public int Modules { get; init; } = 3;

    /// <summary>Features of a module, 1 or more; 5 by default.</summary>
    public int FeaturesPerModule { get; init; } = 5;

    /// <summary>
    /// Correlation of the noise of any two features of one module, 0 to 1; 0.6 by default. Noise of different modules
    /// is independent.
    /// </summary>
    public double Correlation { get; init; } = 0.6;

    /// <summary>
    /// What a sample's own module gets on all its features, and its last feature once more in odd sub-clusters, in
    /// standard deviations of the noise; finite, 10 by default.
    /// </summary>
    public double Shift { get; init; } = 10;

    /// <summary>Equal seeds and options give equal data; 0 by default.</summary>
    public int Seed { get; init; }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Samples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Modules);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(FeaturesPerModule);
        if (!(Correlation is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Correlation), Correlation,
                $"Correlation is {Correlation}; it must be 0 to 1.");
        }
        if (!double.IsFinite(Shift))
            throw new ArgumentOutOfRangeException(nameof(Shift), Shift, $"Shift is {Shift}; it must be finite.");
        if ((long)Samples * Modules * FeaturesPerModule > Array.MaxLength || Modules > int.MaxValue / 2)
        {
            throw new ArgumentOutOfRangeException(nameof(Samples), Samples,
                $"{Samples} samples of {Modules} x {FeaturesPerModule} features do not fit one array.");
        }
    }
}
