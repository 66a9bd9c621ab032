namespace Gsr.SingleCell.Preparation;

/// <summary>
/// What a first pass over all cells finds: what kind of values they are, quality measures of each cell with scanpy's
/// names, and in how many cells each gene was detected.
/// </summary>
internal sealed class CellQualities
{
    // arcsinh(x / 5) of the largest intensity of a mass cytometer, about 20,000, is 9.
    private const float HighestTransformed = 20;
    private readonly double[] _squares, _within;
    private readonly bool[] _isIn;
    private bool _whole = true;
    private float _highest;

    private CellQualities(int cells, int genes, bool[] isIn)
    {
        _isIn = isIn;
        (Totals, _squares, _within) = (new double[cells], new double[cells], new double[cells]);
        (Detected, InCells) = (new int[cells], new int[genes]);
    }

    /// <summary>Sum of each cell's values.</summary>
    public double[] Totals { get; }

    /// <summary>How many genes of each cell are above 0.</summary>
    public int[] Detected { get; }

    /// <summary>In how many cells each gene is above 0.</summary>
    public int[] InCells { get; }

    /// <summary>Shares of mitochondrial counts, 0 to 100.</summary>
    public double[] MitochondrialPercents => [.. _within.Select((sum, cell) => 100 * sum / Totals[cell])];

    /// <summary>Passes over the cells.</summary>
    /// <param name="matrix">As read.</param>
    /// <param name="values">Its values, ready to be passed over.</param>
    /// <param name="isIn">For each cell whether it belongs to what was asked for; others are passed by.</param>
    /// <param name="areCounts">Whether values below 0 are refused.</param>
    /// <param name="watch">Takes the progress.</param>
    public static CellQualities Of(
        AnnotatedMatrix matrix, ExpressionMatrix values, bool[] isIn, bool areCounts, Watch watch)
    {
        var found = new CellQualities(matrix.CellCount, matrix.GeneCount, isIn);
        bool[] mitochondrial = [.. matrix.GeneTable.Names.Select(QualityMeasures.IsMitochondrial)];
        BlockPass.Run(values, block => found.Measure(matrix, block, areCounts, mitochondrial), (_, part) =>
        {
            found._whole &= part.IsWhole;
            found._highest = Math.Max(found._highest, part.Highest);
            for (var gene = 0; gene < part.InCells.Length; gene++) found.InCells[gene] += part.InCells[gene];
        }, watch.Step("quality of the cells"), (first, count) => isIn.AsSpan(first, count).Contains(true));
        return found;
    }

    /// <summary>The kind by the rule of <see cref="ValueKind.Auto"/>.</summary>
    public ValueKind Kind(AnnotatedMatrix matrix)
    {
        var cytometer = matrix.Metadata.TryGetValue("format", out var format)
            && format.StartsWith("FCS", StringComparison.Ordinal);
        if (cytometer) return _highest > HighestTransformed ? ValueKind.Intensities : ValueKind.Transformed;
        return _whole ? ValueKind.Counts : ValueKind.Transformed;
    }

    /// <summary>The cells with these measures: of counts scanpy's, of other values their mean and spread.</summary>
    public AnnotationTable Table(AnnotatedMatrix matrix, ValueKind kind)
    {
        if (kind == ValueKind.Counts)
        {
            return matrix.CellTable.With("total_counts", Measured(Totals))
                .With("n_genes_by_counts", Measured(Array.ConvertAll(Detected, count => (double)count)))
                .With("total_counts_mt", Measured(_within)).With("pct_counts_mt", MitochondrialPercents);
        }
        var genes = Math.Max(1, matrix.GeneCount);
        var means = Array.ConvertAll(Totals, total => total / genes);
        return matrix.CellTable.With("mean_value", Measured(means)).With("standard_deviation", Measured([
            .. _squares.Select((sum, cell) => Math.Sqrt(Math.Max(0, (sum / genes) - (means[cell] * means[cell]))))]));

        // Nothing is said of cells that were passed by.
        double[] Measured(double[] values) => [.. values.Select((value, cell) => _isIn[cell] ? value : double.NaN)];
    }

    private (bool IsWhole, float Highest, int[] InCells) Measure(
        AnnotatedMatrix matrix, RowBlock block, bool areCounts, bool[] mitochondrial)
    {
        var (whole, highest, inCells) = (true, 0f, new int[InCells.Length]);
        for (var row = 0; row < block.Count; row++)
        {
            var cell = block.First + row;
            if (!_isIn[cell]) continue;
            var columns = block.Columns(row);
            var values = block.Values(row);
            double total = 0, squares = 0, within = 0;
            var detected = 0;
            for (var k = 0; k < values.Length; k++)
            {
                var value = values[k];
                if (!float.IsFinite(value) || (areCounts && value < 0))
                    throw MatrixRows.Refused(matrix, cell, columns[k], value, float.IsFinite(value)
                        ? "counts are not negative: choose the kind Transformed." : "drop the cell or the gene first.");
                total += value;
                squares += (double)value * value;
                if (mitochondrial[columns[k]]) within += value;
                if (value > 0)
                {
                    detected++;
                    inCells[columns[k]]++;
                }
                whole &= value >= 0 && float.IsInteger(value);
                highest = Math.Max(highest, value);
            }
            (Totals[cell], _squares[cell], _within[cell], Detected[cell]) = (total, squares, within, detected);
        }
        return (whole, highest, inCells);
    }
}
