namespace Gsr.SingleCell.Preparation;

/// <summary>Measures that show bad cells and silent genes, with the names of scanpy's calculate_qc_metrics.</summary>
public static class QualityMeasures
{
    private static readonly Dictionary<string, Func<string, bool>> Mitochondrial = new()
    {
        ["mt"] = IsMitochondrial,
    };

    /// <summary>Whether a name begins with "MT-".</summary>
    internal static bool IsMitochondrial(string gene) => gene.StartsWith("MT-", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Adds to the cells total_counts, n_genes_by_counts (genes above 0), and for every set of genes s total_counts_s
    /// and pct_counts_s (0 to 100; missing for a cell without counts); to the genes total_counts, mean_counts,
    /// n_cells_by_counts (cells above 0), pct_dropout_by_counts (cells not above 0, 0 to 100), and a truth value for
    /// each set.
    /// </summary>
    /// <param name="matrix">Counts, before they are normalised.</param>
    /// <param name="geneSets">
    /// By name of the set which gene names are in it; where null, "mt": names that begin with "MT-" in capitals (human)
    /// or small letters (mouse).
    /// </param>
    /// <example><code>
    /// AnnotatedMatrix measured = cells.CalculateQualityMeasures(new Dictionary&lt;string, Func&lt;string, bool&gt;&gt;
    /// {
    ///     ["mt"] = name => name.StartsWith("MT-"),
    ///     ["ribo"] = name => name.StartsWith("RPS") || name.StartsWith("RPL"),
    /// });
    /// </code></example>
    public static AnnotatedMatrix CalculateQualityMeasures(
        this AnnotatedMatrix matrix, IReadOnlyDictionary<string, Func<string, bool>>? geneSets = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var totals = matrix.Values.RowSums();
        var measured = matrix.WithCellColumn("total_counts", totals)
            .WithCellColumn("n_genes_by_counts", matrix.Values.DetectedInRows());
        foreach ((var set, var holds) in geneSets ?? Mitochondrial)
        {
            bool[] inside = [.. matrix.GeneTable.Names.Select(holds)];
            var sums = SumsWithin(matrix.Values, inside);
            measured = measured.WithCellColumn($"total_counts_{set}", sums)
                .WithCellColumn($"pct_counts_{set}", sums.Select((sum, cell) => 100 * sum / totals[cell]).ToArray())
                .WithGeneColumn(set, inside);
        }
        var geneTotals = matrix.Values.ColumnSums();
        var detected = matrix.Values.DetectedInColumns();
        var cells = matrix.CellCount;
        return measured.WithGeneColumn("n_cells_by_counts", detected)
            .WithGeneColumn("mean_counts", Array.ConvertAll(geneTotals, total => total / cells))
            .WithGeneColumn(
                "pct_dropout_by_counts", Array.ConvertAll(detected, count => 100 * (1 - ((double)count / cells))))
            .WithGeneColumn("total_counts", geneTotals);
    }

    private static double[] SumsWithin(ExpressionMatrix values, bool[] inside)
    {
        var sums = new double[values.Rows];
        values.ForEachRow((row, columns, entries) =>
        {
            for (var k = 0; k < entries.Length; k++)
            {
                if (inside[columns[k]]) sums[row] += entries[k];
            }
        });
        return sums;
    }
}
