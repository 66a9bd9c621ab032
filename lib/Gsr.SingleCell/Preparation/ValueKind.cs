namespace Gsr.SingleCell.Preparation;

/// <summary>What the values of a file are, by which they have to be prepared differently.</summary>
public enum ValueKind
{
    /// <summary>
    /// Detected: whole numbers of which none is negative are counts, unless they come from a cytometer; a cytometer's
    /// values are intensities where one is above 20, which no transformed one is; all others are transformed.
    /// </summary>
    Auto,
    /// <summary>Counts of molecules or reads: whole numbers, none negative.</summary>
    Counts,
    /// <summary>Intensities of a cytometer on their linear scale.</summary>
    Intensities,
    /// <summary>Values on a logarithmic or standardised scale, ready for use.</summary>
    Transformed,
}

/// <summary>Detects what values are.</summary>
internal static class ValueKinds
{
    /// <summary>The kind by the rule of <see cref="ValueKind.Auto"/>; refuses values that are not finite.</summary>
    public static ValueKind Detect(AnnotatedMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var all = new bool[matrix.CellCount];
        Array.Fill(all, true);
        return CellQualities.Of(matrix, matrix.Values.Ready(null), all, false, new Watch(null, default)).Kind(matrix);
    }
}
