namespace Gsr.SingleCell.Preparation;

/// <summary>Mean and variance of each gene over all cells, in double precision.</summary>
internal sealed class GeneMoments
{
    private const double MachineEpsilon = 2.220446049250313e-16;

    private GeneMoments(double[] means, double[] variances) => (Means, Variances) = (means, variances);

    /// <summary>One mean per gene.</summary>
    public double[] Means { get; }

    /// <summary>One variance per gene, with n - 1 in the denominator.</summary>
    public double[] Variances { get; }

    /// <summary>Of all cells.</summary>
    /// <param name="matrix">At least two cells in rows, genes in columns.</param>
    /// <param name="transform">Applied to each value first, 0 has to stay 0; none where null.</param>
    public static GeneMoments Of(ExpressionMatrix matrix, Func<double, double>? transform = null)
    {
        var means = new double[matrix.Columns];
        matrix.ForEachRow((_, columns, values) =>
        {
            for (int k = 0; k < values.Length; k++)
                means[columns[k]] += transform is null ? values[k] : transform(values[k]);
        });
        for (int gene = 0; gene < means.Length; gene++) means[gene] /= matrix.Rows;

        // A second pass: the difference of two sums of squares would leave rounding in place of a small variance.
        var variances = new double[matrix.Columns];
        var stored = new int[matrix.Columns];
        matrix.ForEachRow((_, columns, values) =>
        {
            for (int k = 0; k < values.Length; k++)
            {
                double deviation = (transform is null ? values[k] : transform(values[k])) - means[columns[k]];
                variances[columns[k]] += deviation * deviation;
                stored[columns[k]]++;
            }
        });
        for (int gene = 0; gene < means.Length; gene++)
        {
            variances[gene] += (matrix.Rows - stored[gene]) * means[gene] * means[gene];
            variances[gene] /= matrix.Rows - 1;
            // What the rounding of the mean leaves of a constant gene; values in single precision cannot vary by so
            // little.
            double rounding = matrix.Rows * MachineEpsilon * means[gene];
            if (variances[gene] <= rounding * rounding) variances[gene] = 0;
        }
        return new GeneMoments(means, variances);
    }
}
