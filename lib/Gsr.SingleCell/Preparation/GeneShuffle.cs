using Gsr.Internals;

namespace Gsr.SingleCell.Preparation;

/// <summary>Null data: cells that have nothing in common but the distribution of each gene.</summary>
public static class GeneShuffle
{
    /// <summary>
    /// Shuffles each gene's values over the cells, every order equally probable: genes become independent. A sparse
    /// matrix stays sparse; layers and cell arrays stay as they are.
    /// </summary>
    /// <param name="matrix">Cells x genes.</param>
    /// <param name="seed">Equal seeds give equal orders.</param>
    /// <example><code>
    /// AnnotatedMatrix noise = prepared.ShuffleWithinGenes(seed: 1);   // what a method finds here is not in the data
    /// </code></example>
    public static AnnotatedMatrix ShuffleWithinGenes(this AnnotatedMatrix matrix, int seed)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        int cells = matrix.CellCount;
        int[] order = [.. Enumerable.Range(0, cells)];
        if (matrix.Values is SparseMatrix sparse)
        {
            var genes = sparse.Transposed();
            int[] places = genes.ColumnIndices.ToArray(), pointers = genes.RowPointers.ToArray();
            float[] entries = genes.Values.ToArray();
            for (int gene = 0; gene < genes.Rows; gene++)
            {
                Shuffle(order, seed, gene);
                for (int k = pointers[gene]; k < pointers[gene + 1]; k++) places[k] = order[places[k]];
                Array.Sort(places, entries, pointers[gene], pointers[gene + 1] - pointers[gene]);
            }
            return matrix.WithValues(new SparseMatrix(genes.Rows, cells, pointers, places, entries).Transposed());
        }
        float[] values = matrix.Values.ToArray();
        var shuffled = new float[values.Length];
        for (int gene = 0; gene < matrix.GeneCount; gene++)
        {
            Shuffle(order, seed, gene);
            for (int cell = 0; cell < cells; cell++)
                shuffled[(order[cell] * matrix.GeneCount) + gene] = values[(cell * matrix.GeneCount) + gene];
        }
        return matrix.WithValues(new DenseMatrix(cells, matrix.GeneCount, shuffled));
    }

    private static void Shuffle(int[] order, int seed, int gene)
    {
        // A stream for each gene: the order of one depends on no other.
        var random = new SplitMix64(seed, 3, gene);
        for (int i = 0; i < order.Length; i++) order[i] = i;
        for (int i = order.Length - 1; i > 0; i--)
        {
            int j = (int)(random.NextDouble() * (i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }
    }
}
