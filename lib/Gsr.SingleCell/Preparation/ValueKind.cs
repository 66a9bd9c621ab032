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
    // arcsinh(x / 5) of the largest intensity of a mass cytometer, about 20,000, is 9.
    private const float HighestTransformed = 20;

    /// <summary>The kind by the rule of <see cref="ValueKind.Auto"/>; refuses values that are not finite.</summary>
    public static ValueKind Detect(AnnotatedMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        matrix.RequireValues(double.NegativeInfinity, "drop the cell or the gene first.");
        var whole = true;
        float highest = 0;
        matrix.Values.ForEachRow((_, _, values) =>
        {
            foreach (var value in values)
            {
                whole &= value >= 0 && float.IsInteger(value);
                highest = Math.Max(highest, value);
            }
        });
        var cytometer = matrix.Metadata.TryGetValue("format", out var format)
            && format.StartsWith("FCS", StringComparison.Ordinal);
        if (cytometer) return highest > HighestTransformed ? ValueKind.Intensities : ValueKind.Transformed;
        return whole ? ValueKind.Counts : ValueKind.Transformed;
    }
}
