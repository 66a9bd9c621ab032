namespace Gsr.SingleCell.Preparation;

/// <summary>Brings genes to one scale, as scanpy's scale does.</summary>
public static class Scaling
{
    /// <summary>
    /// (x - mean) / standard deviation per gene, with n - 1 in the variance; a constant gene is only centred, to 0. The
    /// result is dense, 4 bytes a value: select genes first.
    /// </summary>
    /// <param name="matrix">At least two cells; log-normalised values are usual.</param>
    /// <param name="maxValue">Results beyond ± this are set to it; 10 is usual; none where null.</param>
    /// <exception cref="ArgumentException">There are fewer than two cells, or a value is not finite.</exception>
    /// <exception cref="InvalidOperationException">The dense result is too large for one array.</exception>
    public static AnnotatedMatrix Scale(this AnnotatedMatrix matrix, double? maxValue = null)
    {
        matrix.RequireCells(2, "a standard deviation");
        if (maxValue is { } bound) Arguments.Positive(bound, nameof(maxValue));
        matrix.RequireValues(double.NegativeInfinity, "drop the cell or the gene first.");
        GeneMoments moments = GeneMoments.Of(matrix.Values);
        double[] factors = Array.ConvertAll(moments.Variances, variance => variance > 0 ? 1 / Math.Sqrt(variance) : 1);
        double most = maxValue ?? double.PositiveInfinity;
        float[] values = matrix.Values.ToArray();
        for (int k = 0, gene = 0; k < values.Length; k++, gene = gene + 1 == factors.Length ? 0 : gene + 1)
            values[k] = (float)Math.Clamp((values[k] - moments.Means[gene]) * factors[gene], -most, most);
        return matrix.WithValues(new DenseMatrix(matrix.CellCount, matrix.GeneCount, values));
    }
}
