namespace Gsr.SingleCell.Preparation;

/// <summary>Makes cells of different depth comparable. Sparse matrices stay sparse.</summary>
public static class Normalization
{
    /// <summary>
    /// Multiplies each cell by a factor so that its total is the same for all, as scanpy's normalize_total does: x · t
    /// / s with s the cell's total. Cells without counts stay as they are.
    /// </summary>
    /// <param name="matrix">Counts, none negative.</param>
    /// <param name="targetSum">t; where null, the median of the totals above 0. 10,000 is usual too.</param>
    /// <exception cref="ArgumentException">A value is negative or not finite.</exception>
    public static AnnotatedMatrix NormalizeTotal(this AnnotatedMatrix matrix, double? targetSum = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (targetSum is { } given) Arguments.Positive(given, nameof(targetSum));
        matrix.RequireValues(0, "totals are of counts: normalise before values are scaled.");
        var sums = matrix.Values.RowSums();
        if (!sums.Any(sum => sum > 0)) return matrix;
        var factors = Factors(sums, targetSum);
        return matrix.WithValues(matrix.Values.Map((cell, value) => (float)(value * factors[cell])));
    }

    /// <summary>log(1 + x), natural.</summary>
    /// <param name="matrix">Normalised counts, none at or below -1.</param>
    /// <exception cref="ArgumentException">A value is at or below -1, or not finite.</exception>
    public static AnnotatedMatrix Log1p(this AnnotatedMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        matrix.RequireValues(Math.BitIncrement(-1f), "log(1 + x) needs x above -1: take it before values are scaled.");
        return matrix.WithValues(matrix.Values.Map((_, value) => (float)LogOfOnePlus(value)));
    }

    /// <summary>asinh(x / cofactor), the usual scale of cytometry: linear near 0, logarithmic far from it.</summary>
    /// <param name="matrix">Intensities of any sign.</param>
    /// <param name="cofactor">Above 0; 5, the default, is customary for mass cytometry, 150 for fluorescence.</param>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static AnnotatedMatrix Arcsinh(this AnnotatedMatrix matrix, double cofactor = 5)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        Arguments.Positive(cofactor, nameof(cofactor));
        matrix.RequireValues(double.NegativeInfinity, "drop the cell or read the file again.");
        return matrix.WithValues(matrix.Values.Map((_, value) => (float)Math.Asinh(value / cofactor)));
    }

    /// <summary>What brings totals to a target, or to the median of those above 0; 1 for others.</summary>
    internal static double[] Factors(double[] totals, double? targetSum = null)
    {
        double[] positive = [.. totals.Where(total => total > 0).Order()];
        var target = targetSum ?? (positive[(positive.Length - 1) / 2] + positive[positive.Length / 2]) / 2;
        return Array.ConvertAll(totals, total => total > 0 ? target / total : 1);
    }

    /// <summary>The natural logarithm of 1 + x.</summary>
    // Math.Log(1 + x) loses the digits of a small x; its error in 1 + x is undone here (Kahan).
    internal static double LogOfOnePlus(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }
}
