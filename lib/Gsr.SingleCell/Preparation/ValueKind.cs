namespace Gsr.SingleCell.Preparation;

/// <summary>What the values of a file are, by which they have to be prepared differently.</summary>
public enum ValueKind
{
    /// <summary>Told from the values, see <see cref="ValueKinds.Tell"/>.</summary>
    Auto,

    /// <summary>Counts of molecules or reads: whole numbers, none negative.</summary>
    Counts,

    /// <summary>Intensities of a cytometer on their linear scale.</summary>
    Intensities,

    /// <summary>Values on a logarithmic or standardised scale, ready for use.</summary>
    Transformed,
}
