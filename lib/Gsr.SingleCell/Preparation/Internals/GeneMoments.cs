namespace Gsr.SingleCell.Preparation;

/// <summary>
/// Mean and variance of each gene over cells, in double precision, of blocks that are put together (Chan, Golub and
/// LeVeque 1983): sums of squares alone would leave rounding in place of a small variance.
/// </summary>
internal sealed class GeneMoments
{
    private const double MachineEpsilon = 2.220446049250313e-16;
    private double[] _squares;

    private GeneMoments(long cells, double[] means, double[] squares) =>
        (Cells, Means, _squares) = (cells, means, squares);

    /// <summary>None yet.</summary>
    public GeneMoments(int genes)
        : this(0, new double[genes], new double[genes])
    {
    }

    /// <summary>Number of cells.</summary>
    public long Cells { get; private set; }

    /// <summary>One mean per gene; not a copy.</summary>
    public double[] Means { get; private set; }

    /// <summary>One variance per gene, with n - 1 in the denominator.</summary>
    public double[] Variances => [.. Means.Select((mean, gene) =>
    {
        var variance = _squares[gene] / (Cells - 1);
        // What the rounding of the mean leaves of a constant gene; values in single precision cannot vary by so
        // little.
        var rounding = Cells * MachineEpsilon * mean;
        return variance <= rounding * rounding ? 0 : variance;
    })];

    /// <summary>Of all cells.</summary>
    /// <param name="matrix">At least two cells in rows, genes in columns.</param>
    /// <param name="transform">Applied to each value first, 0 has to stay 0; none where null.</param>
    public static GeneMoments Of(ExpressionMatrix matrix, Func<double, double>? transform = null)
    {
        var moments = new GeneMoments(matrix.Columns);
        BlockPass.Run(matrix, block => Of(block, transform), (_, part) => moments.Add(part));
        return moments;
    }

    /// <summary>Of the cells of a block.</summary>
    public static GeneMoments Of(RowBlock block, Func<double, double>? transform = null)
    {
        var genes = block.Matrix.Columns;
        var (means, squares, stored) = (new double[genes], new double[genes], new int[genes]);
        for (var row = 0; row < block.Count; row++)
        {
            var columns = block.Columns(row);
            var values = block.Values(row);
            for (var k = 0; k < values.Length; k++)
                means[columns[k]] += transform is null ? values[k] : transform(values[k]);
        }
        for (var gene = 0; gene < genes; gene++) means[gene] /= block.Count;
        for (var row = 0; row < block.Count; row++)
        {
            var columns = block.Columns(row);
            var values = block.Values(row);
            for (var k = 0; k < values.Length; k++)
            {
                var deviation = (transform is null ? values[k] : transform(values[k])) - means[columns[k]];
                squares[columns[k]] += deviation * deviation;
                stored[columns[k]]++;
            }
        }
        for (var gene = 0; gene < genes; gene++)
            squares[gene] += (block.Count - stored[gene]) * means[gene] * means[gene];
        return new GeneMoments(block.Count, means, squares);
    }

    /// <summary>Takes the cells of another block in.</summary>
    public void Add(GeneMoments other)
    {
        if (other.Cells == 0) return;
        if (Cells == 0)
        {
            (Cells, Means, _squares) = (other.Cells, other.Means, other._squares);
            return;
        }
        var share = other.Cells / (double)(Cells + other.Cells);
        for (var gene = 0; gene < Means.Length; gene++)
        {
            var apart = other.Means[gene] - Means[gene];
            Means[gene] += apart * share;
            _squares[gene] += other._squares[gene] + (apart * apart * Cells * share);
        }
        Cells += other.Cells;
    }
}
