using Gsr.Native;
using TorchSharp;

namespace Gsr.SingleCell.Preparation;

/// <summary>
/// Principal components of prepared cells by two passes: one sums the products of all pairs of genes, whose eigenvectors
/// are the components; one multiplies. Nothing of cells x genes is held.
/// </summary>
internal static class CellScores
{
    // Products of so many genes are 128 MB; their eigenvectors take seconds.
    private const int MostGenes = 4_000;

    // From this share of values other than 0 on, libtorch's dense product is faster.
    private const double DenseFrom = 0.2;

    /// <summary>Computes them.</summary>
    /// <param name="cells">At least two.</param>
    /// <param name="genes">Columns of the file, ascending.</param>
    /// <param name="moments">Of these genes.</param>
    /// <param name="components">1 to the smaller of cells and genes.</param>
    /// <param name="watch">Takes the progress.</param>
    /// <returns>[cells, components], and their share of the variance.</returns>
    public static (float[,] Scores, double Share) Of(
        PreparedCells cells, int[] genes, (double[] Means, double[] Variances) moments, int components, Watch watch)
    {
        // Few cells are small in memory. So many genes are too many for pairs.
        if (cells.Count < genes.Length || genes.Length > MostGenes)
        {
            var matrix = cells.ToMatrix(genes, watch.Step("prepared values"));
            var pca = watch.Step("principal components").Await(() => Pca.Fit(new AnnotatedMatrix(
                matrix, AnnotationTable.Numbered(matrix.Rows), AnnotationTable.Numbered(matrix.Columns)), components));
            return (Single(pca.Scores), pca.VarianceRatios.Sum());
        }
        var products = Products(cells, genes, watch.Step("products of genes"));
        var (values, loadings) = watch.Step("principal components").Await(() =>
            Pca.OfProducts(products, moments.Means, cells.Count, components));
        var share = values.Sum() / (cells.Count - 1) / moments.Variances.Sum();
        return (Projected(cells, genes, moments.Means, loadings, watch.Step("scores")), share);
    }

    private static double[] Products(PreparedCells cells, int[] genes, Watch watch)
    {
        var size = genes.Length;
        var sums = new double[size * size];
        cells.Run(genes, watch,
            block => block.Matrix.StoredCount > DenseFrom * block.Count * size ? null : ByGene.Of(block),
            (block, byGene) =>
            {
                if (byGene is null) AddDense(block, sums);
                else Parallel.For(0, size, gene => byGene.AddProducts(gene, sums.AsSpan(gene * size, size)));
            });
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < row; column++) sums[(row * size) + column] = sums[(column * size) + row];
        }
        return sums;
    }

    private static void AddDense(RowBlock block, double[] sums)
    {
        var size = block.Matrix.Columns;
        var values = new double[block.Count * size];
        for (var cell = 0; cell < block.Count; cell++)
        {
            var genes = block.Columns(cell);
            var entries = block.Values(cell);
            for (var k = 0; k < genes.Length; k++) values[(cell * size) + genes[k]] = entries[k];
        }
        using var scope = torch.NewDisposeScope();
        var dense = torch.tensor(values).reshape(block.Count, size);
        var products = torch.matmul(dense.t(), dense).ToValues<double>();
        for (var k = 0; k < sums.Length; k++) sums[k] += products[k];
    }

    // (x - mean)ᵀ loadings, of the values that are not 0.
    private static float[,] Projected(
        PreparedCells cells, int[] genes, double[] means, double[,] loadings, Watch watch)
    {
        var width = loadings.GetLength(1);
        var shift = new double[width];
        var rows = loadings.Numbers().ToArray();
        for (var gene = 0; gene < genes.Length; gene++)
            SparseCentredMatrix.AddScaled(shift, rows.AsSpan(gene * width, width), -means[gene]);
        var scores = new float[cells.Count, width];
        cells.Run(genes, watch, block =>
        {
            var sums = new double[width];
            for (var cell = 0; cell < block.Count; cell++)
            {
                shift.CopyTo(sums, 0);
                var columns = block.Columns(cell);
                var values = block.Values(cell);
                for (var k = 0; k < columns.Length; k++)
                    SparseCentredMatrix.AddScaled(sums, rows.AsSpan(columns[k] * width, width), values[k]);
                for (var i = 0; i < width; i++) scores[block.First + cell, i] = (float)sums[i];
            }
        });
        return scores;
    }

    private static float[,] Single(double[,] matrix)
    {
        var single = new float[matrix.GetLength(0), matrix.GetLength(1)];
        for (var i = 0; i < single.GetLength(0); i++)
        {
            for (var j = 0; j < single.GetLength(1); j++) single[i, j] = (float)matrix[i, j];
        }
        return single;
    }

    /// <summary>The entries of a block, gene by gene: each with its place among those of its cell.</summary>
    private sealed class ByGene
    {
        private readonly SparseMatrix _cells;
        private readonly int[] _pointers, _cell, _at;

        private ByGene(SparseMatrix cells)
        {
            _cells = cells;
            _pointers = new int[cells.Columns + 1];
            (_cell, _at) = (new int[cells.Values.Length], new int[cells.Values.Length]);
            foreach (var gene in cells.ColumnIndices) _pointers[gene + 1]++;
            for (var gene = 0; gene < cells.Columns; gene++) _pointers[gene + 1] += _pointers[gene];
            var next = _pointers[..^1];
            for (var cell = 0; cell < cells.Rows; cell++)
            {
                for (var k = cells.RowPointers[cell]; k < cells.RowPointers[cell + 1]; k++)
                {
                    var place = next[cells.ColumnIndices[k]]++;
                    (_cell[place], _at[place]) = (cell, k);
                }
            }
        }

        public static ByGene Of(RowBlock block) => new((SparseMatrix)block.Matrix);

        /// <summary>Adds the products of a gene's values with those of the genes from it on.</summary>
        public void AddProducts(int gene, Span<double> sums)
        {
            var genes = _cells.ColumnIndices;
            var values = _cells.Values;
            for (var place = _pointers[gene]; place < _pointers[gene + 1]; place++)
            {
                var (from, to) = (_at[place], _cells.RowPointers[_cell[place] + 1]);
                double factor = values[from];
                for (var k = from; k < to; k++) sums[genes[k]] += factor * values[k];
            }
        }
    }
}
