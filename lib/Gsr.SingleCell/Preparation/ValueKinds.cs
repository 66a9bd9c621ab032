namespace Gsr.SingleCell.Preparation;

/// <summary>Tells what values are.</summary>
public static class ValueKinds
{
    // arcsinh(x / 5) of the largest intensity of a mass cytometer, about 20,000, is 9.
    private const float HighestTransformed = 20;

    /// <summary>
    /// Whole numbers of which none is negative are counts, unless they come from a cytometer; a cytometer's values are
    /// intensities where one is above 20, which no transformed one is; all others are transformed.
    /// </summary>
    /// <param name="matrix">As it was read.</param>
    /// <returns>Never <see cref="ValueKind.Auto"/>.</returns>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static ValueKind Tell(AnnotatedMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        matrix.RequireValues(double.NegativeInfinity, "drop the cell or the gene first.");
        bool whole = true;
        float highest = 0;
        matrix.Values.ForEachRow((_, _, values) =>
        {
            foreach (float value in values)
            {
                whole &= value >= 0 && float.IsInteger(value);
                highest = Math.Max(highest, value);
            }
        });
        bool cytometer = matrix.Metadata.TryGetValue("format", out string? format) && format.StartsWith("FCS", StringComparison.Ordinal);
        if (cytometer) return highest > HighestTransformed ? ValueKind.Intensities : ValueKind.Transformed;
        return whole ? ValueKind.Counts : ValueKind.Transformed;
    }
}
