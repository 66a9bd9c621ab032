namespace Gsr.SingleCell.Reading;

/// <summary>What <see cref="DelimitedReader"/> is told; the defaults tell it to look for itself.</summary>
public sealed record DelimitedOptions
{
    /// <summary>Which way round the table is; detected by default.</summary>
    public Orientation Orientation { get; init; }

    /// <summary>Tab, comma or semicolon; null, the default, takes the one that divides the first two lines alike.</summary>
    public char? Separator { get; init; }

    /// <summary>HTSeq's tallies are taken out of the genes by default.</summary>
    public TallyRows Tallies { get; init; }
}
