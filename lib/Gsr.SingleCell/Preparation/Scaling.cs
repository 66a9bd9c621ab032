namespace Gsr.SingleCell.Preparation;

/// <summary>Brings genes to one scale, as scanpy's scale does.</summary>
public static class Scaling
{
    /// <summary>
    /// (x - mean) / standard deviation per gene, with n - 1 in the variance; a constant gene is only centred, to 0. The
    /// result is dense, 4 bytes a value: select genes first.
    /// </summary>
    /// <param name="matrix">At least two cells; log-normalised values are usual.</param>
    /// <param name="maxValue">
    /// Results beyond ± this are set to it (without centring only those above, as none is below 0); 10 is usual; none where
    /// null.
    /// </param>
    /// <param name="zeroCenter">False: divides only, and a sparse matrix stays sparse.</param>
    /// <exception cref="ArgumentException">There are fewer than two cells, or a value is not finite.</exception>
    /// <exception cref="InvalidOperationException">The dense result is too large for one array.</exception>
    public static AnnotatedMatrix Scale(this AnnotatedMatrix matrix, double? maxValue = null, bool zeroCenter = true)
    {
        matrix.RequireCells(2, "a standard deviation");
        if (maxValue is { } bound) Arguments.Positive(bound, nameof(maxValue));
        matrix.RequireValues(double.NegativeInfinity, "drop the cell or the gene first.");
        GeneMoments moments = GeneMoments.Of(matrix.Values);
        double[] factors = Array.ConvertAll(moments.Variances, variance => variance > 0 ? 1 / Math.Sqrt(variance) : 1);
        double high = maxValue ?? double.PositiveInfinity, low = zeroCenter ? -high : double.NegativeInfinity;
        if (!zeroCenter && matrix.Values is SparseMatrix sparse)
            return matrix.WithValues(Divided(sparse, factors, high));
        float[] values = matrix.Values.ToArray();
        for (int k = 0, gene = 0; k < values.Length; k++, gene = gene + 1 == factors.Length ? 0 : gene + 1)
        {
            double centred = zeroCenter ? values[k] - moments.Means[gene] : values[k];
            values[k] = (float)Math.Clamp(centred * factors[gene], low, high);
        }
        return matrix.WithValues(new DenseMatrix(matrix.CellCount, matrix.GeneCount, values));
    }

    private static SparseMatrix Divided(SparseMatrix sparse, double[] factors, double high)
    {
        int[] columns = sparse.ColumnIndices.ToArray();
        float[] values = sparse.Values.ToArray();
        for (int k = 0; k < values.Length; k++)
            values[k] = (float)Math.Min(high, values[k] * factors[columns[k]]);
        return new SparseMatrix(sparse.Rows, sparse.Columns, sparse.RowPointers.ToArray(), columns, values);
    }
}
