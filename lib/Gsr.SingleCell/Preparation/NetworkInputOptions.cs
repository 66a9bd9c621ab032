namespace Gsr.SingleCell.Preparation;

/// <summary>How cells become the inputs of a network; see <see cref="NetworkInputs"/>.</summary>
public sealed record NetworkInputOptions
{
    /// <summary>What the values are; detected by default.</summary>
    public ValueKind Kind { get; init; }

    /// <summary>
    /// Counts: least number of detected genes of a cell; where null (default) a fifth of the cells' median, which fits
    /// files of any depth. scanpy's usual 200 is for whole transcriptomes.
    /// </summary>
    public int? MinGenes { get; init; }

    /// <summary>Counts: least number of cells that a gene is detected in; default 3.</summary>
    public int MinCells { get; init; } = 3;

    /// <summary>Counts: cells with a higher share of mitochondrial counts are dropped, 0 to 100; default 20.</summary>
    public double MaxMitochondrialPercent { get; init; } = 20;

    /// <summary>Counts: how many highly variable genes go on, all where there are no more; default 2,000.</summary>
    public int VariableGenes { get; init; } = 2_000;

    /// <summary>
    /// Principal components that the network sees, at least 1; default 30. Where there are no more genes or channels
    /// than 50, the network sees those, standardised.
    /// </summary>
    public int Components { get; init; } = 30;

    /// <summary>Intensities: c of asinh(x / c), above 0; default 5; 150 is usual for fluorescence.</summary>
    public double Cofactor { get; init; } = 5;

    internal void Check()
    {
        Holds(Enum.IsDefined(Kind), nameof(Kind), Kind, string.Join(", ", Enum.GetNames<ValueKind>()));
        Holds(MinGenes is null or >= 0, nameof(MinGenes), MinGenes, "0 or more, or null");
        Holds(MinCells >= 0, nameof(MinCells), MinCells, "0 or more");
        Holds(MaxMitochondrialPercent is >= 0 and <= 100, nameof(MaxMitochondrialPercent), MaxMitochondrialPercent,
            "0 to 100");
        Holds(VariableGenes >= 1, nameof(VariableGenes), VariableGenes, "at least 1");
        Holds(Components >= 1, nameof(Components), Components, "at least 1");
        Holds(Cofactor > 0 && double.IsFinite(Cofactor), nameof(Cofactor), Cofactor, "a finite number above 0");

        static void Holds(bool holds, string option, object? value, string demand) =>
            Arguments.Option(holds, $"{nameof(NetworkInputOptions)}.{option}", value, demand);
    }
}
