namespace Gsr.SingleCell.Preparation;

/// <summary>How cells become the inputs of a network; see <see cref="NetworkInputs"/>.</summary>
/// <example><code>
/// var blood = new NetworkInputOptions { Subset = ("tissue", "blood"), Batch = "donor", MaxCells = 100_000 };
/// </code></example>
public sealed record NetworkInputOptions
{
    /// <summary>What the values are; detected by default.</summary>
    public ValueKind Kind { get; init; }

    /// <summary>A column of the cells and its value: other cells are left out before anything else; all where null.
    /// </summary>
    public (string Column, string Value)? Subset { get; init; }

    /// <summary>
    /// Names of the genes or channels that the network's inputs are made of; where null (default) all genes, and of a
    /// cytometer the channels that are markers by the column marker. Totals and quality are of all genes. Other channels
    /// of a cytometer become columns of the cells.
    /// </summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>
    /// A column of the cells, such as a donor or a run: each of its values has its mean taken off the inputs; none where
    /// null. <see cref="NetworkInputs.BatchShare"/> says what it explained.
    /// </summary>
    public string? Batch { get; init; }

    /// <summary>
    /// Counts: least number of detected genes of a cell; where null (default) a fifth of the cells' median, which fits
    /// files of any depth, and of a raw matrix, most of whose barcodes are empty droplets, the knee of the totals by
    /// rank instead. scanpy's usual 200 is for whole transcriptomes.
    /// </summary>
    public int? MinGenes { get; init; }

    /// <summary>Counts: least number of cells that a gene is detected in; default 3.</summary>
    public int MinCells { get; init; } = 3;

    /// <summary>Counts: cells with a higher share of mitochondrial counts are dropped, 0 to 100; default 20.</summary>
    public double MaxMitochondrialPercent { get; init; } = 20;

    /// <summary>Of more cells a random sample goes on, at least 20; all where null (default).</summary>
    public int? MaxCells { get; init; }

    /// <summary>Seed of that sample.</summary>
    public int Seed { get; init; }

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
        Holds(MaxCells is null or >= NetworkInputs.FewestCells, nameof(MaxCells), MaxCells,
            $"{NetworkInputs.FewestCells} or more, or null");
        Holds(Features is null or { Count: > 0 }, nameof(Features), "empty", "names, or null for all");
        Holds(VariableGenes >= 1, nameof(VariableGenes), VariableGenes, "at least 1");
        Holds(Components >= 1, nameof(Components), Components, "at least 1");
        Holds(Cofactor > 0 && double.IsFinite(Cofactor), nameof(Cofactor), Cofactor, "a finite number above 0");
    }

    /// <summary>Refuses an option that does not hold.</summary>
    internal static void Holds(bool holds, string option, object? value, string demand) =>
        Arguments.Option(holds, $"{nameof(NetworkInputOptions)}.{option}", value, demand);
}
