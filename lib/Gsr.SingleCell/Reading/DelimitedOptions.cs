namespace Gsr.SingleCell.Reading;

/// <summary>What is known of a table; <see cref="DelimitedReader"/> detects the rest.</summary>
public sealed record DelimitedOptions
{
    /// <summary>Which way round the table is; detected by default.</summary>
    public Orientation Orientation { get; init; }

    /// <summary>Tab, comma or semicolon; null, the default: the one that divides the first two lines alike.</summary>
    public char? Separator { get; init; }
}
