namespace Gsr.SingleCell.Preparation;

/// <summary>
/// Keeps the cells or genes that fulfil conditions, as scanpy's filter_cells and filter_genes do, several conditions at
/// once. Bounds belong to what is kept; a value counts as detected above 0. A remark says how many were kept.
/// </summary>
public static class Filtering
{
    /// <summary>Keeps cells by their counts and by how many genes were detected in them.</summary>
    /// <param name="matrix">Counts.</param>
    /// <param name="minCounts">Least sum of a cell's values.</param>
    /// <param name="maxCounts">Greatest sum.</param>
    /// <param name="minGenes">Least number of detected genes.</param>
    /// <param name="maxGenes">Greatest number.</param>
    /// <exception cref="ArgumentException">No condition is given, or one contradicts another.</exception>
    public static AnnotatedMatrix FilterCells(this AnnotatedMatrix matrix,
        double? minCounts = null, double? maxCounts = null, int? minGenes = null, int? maxGenes = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        CheckBounds(minCounts, maxCounts, minGenes, maxGenes, nameof(minCounts), nameof(minGenes));
        double[] sums = matrix.Values.RowSums();
        int[] detected = matrix.Values.DetectedInRows();
        return matrix.FilterCells(
            cell => IsWithin(sums[cell], minCounts, maxCounts) && IsWithin(detected[cell], minGenes, maxGenes));
    }

    /// <summary>Keeps the cells of which a condition on their number, from 0, holds.</summary>
    /// <param name="matrix">Cells x genes.</param>
    /// <param name="keep">True for what is kept.</param>
    /// <example><code>
    /// double[] percent = cells.CellTable.Numbers("pct_counts_mt");
    /// AnnotatedMatrix healthy = cells.FilterCells(cell => percent[cell] &lt; 5);
    /// </code></example>
    public static AnnotatedMatrix FilterCells(this AnnotatedMatrix matrix, Func<int, bool> keep)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(keep);
        int[] kept = [.. Enumerable.Range(0, matrix.CellCount).Where(keep)];
        return matrix.SelectCells(kept).WithRemark($"A filter kept {kept.Length} of {matrix.CellCount} cells.");
    }

    /// <summary>Keeps genes by their counts and by in how many cells they were detected.</summary>
    /// <param name="matrix">Counts.</param>
    /// <param name="minCounts">Least sum of a gene's values.</param>
    /// <param name="maxCounts">Greatest sum.</param>
    /// <param name="minCells">Least number of cells that it was detected in.</param>
    /// <param name="maxCells">Greatest number.</param>
    /// <exception cref="ArgumentException">No condition is given, or one contradicts another.</exception>
    public static AnnotatedMatrix FilterGenes(this AnnotatedMatrix matrix,
        double? minCounts = null, double? maxCounts = null, int? minCells = null, int? maxCells = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        CheckBounds(minCounts, maxCounts, minCells, maxCells, nameof(minCounts), nameof(minCells));
        double[] sums = matrix.Values.ColumnSums();
        int[] detected = matrix.Values.DetectedInColumns();
        return matrix.FilterGenes(
            gene => IsWithin(sums[gene], minCounts, maxCounts) && IsWithin(detected[gene], minCells, maxCells));
    }

    /// <summary>Keeps the genes of which a condition on their number, from 0, holds.</summary>
    /// <param name="matrix">Cells x genes.</param>
    /// <param name="keep">True for what is kept.</param>
    public static AnnotatedMatrix FilterGenes(this AnnotatedMatrix matrix, Func<int, bool> keep)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(keep);
        int[] kept = [.. Enumerable.Range(0, matrix.GeneCount).Where(keep)];
        return matrix.SelectGenes(kept).WithRemark($"A filter kept {kept.Length} of {matrix.GeneCount} genes.");
    }

    private static bool IsWithin(double value, double? least, double? greatest) =>
        !(value < least) && !(value > greatest) && !double.IsNaN(value);

    private static void CheckBounds(
        double? minCounts, double? maxCounts, int? minDetected, int? maxDetected, string counts, string detected)
    {
        if ((minCounts ?? maxCounts ?? minDetected ?? maxDetected) is null)
        {
            throw new ArgumentException(
                $"No condition is given; set {counts}, {detected} or their upper bounds.", counts);
        }
        if (minCounts > maxCounts || double.IsNaN(minCounts ?? 0) || double.IsNaN(maxCounts ?? 0))
        {
            throw new ArgumentException(
                $"{counts} is {minCounts} and its upper bound {maxCounts}; no cell or gene lies between.", counts);
        }
        if (minDetected > maxDetected)
        {
            throw new ArgumentException(
                $"{detected} is {minDetected} and its upper bound {maxDetected}; no cell or gene lies between.",
                detected);
        }
    }
}
