namespace Gsr.SingleCell.Preparation;

/// <summary>
/// The cells that are kept, on the scale that correlations are taken on: values are transformed as blocks are read, and
/// no pass holds more than a block for each thread.
/// </summary>
/// <param name="values">As read.</param>
/// <param name="kept">Rows of the kept cells, ascending.</param>
/// <param name="transform">From a row and a value, 0 has to stay 0.</param>
internal sealed class PreparedCells(ExpressionMatrix values, int[] kept, Func<int, float, float> transform)
{
    /// <summary>Number of kept cells.</summary>
    public int Count => kept.Length;

    /// <summary>
    /// Passes over blocks of kept cells, whose numbers go from 0, with chosen genes alone.
    /// </summary>
    /// <typeparam name="T">What comes of a block.</typeparam>
    /// <param name="genes">Columns of the file, ascending.</param>
    /// <param name="watch">With the name of the step.</param>
    /// <param name="work">Called from several threads, with cells x genes.</param>
    /// <param name="take">Called in the order of the cells, one block at a time.</param>
    public void Run<T>(int[] genes, Watch watch, Func<RowBlock, T> work, Action<RowBlock, T> take)
    {
        var place = Place(genes);
        BlockPass.Run(values, block => Block(block, place, genes.Length) is { Count: > 0 } own
                ? (own, work(own)) : default((RowBlock Rows, T Result)?),
            (_, done) =>
            {
                if (done is (var rows, var result)) take(rows, result);
            },
            watch, (first, count) => Within(first, count).Count > 0);
    }

    /// <summary>The same for results that blocks put in places of their own.</summary>
    public void Run(int[] genes, Watch watch, Action<RowBlock> work) => Run(genes, watch, block =>
    {
        work(block);
        return true;
    }, (_, _) => { });

    /// <summary>Opens the cells to be read block by block on one thread.</summary>
    public IEnumerable<RowBlock> Blocks(int[] genes, Func<int, IEnumerable<int>> order)
    {
        var place = Place(genes);
        using var reader = values.Open();
        foreach (var block in order((values.Rows + values.BlockRows - 1) / values.BlockRows))
        {
            var first = block * values.BlockRows;
            var count = Math.Min(values.BlockRows, values.Rows - first);
            if (Within(first, count).Count > 0) yield return Block(reader.Read(first, count), place, genes.Length);
        }
    }

    /// <summary>All of them in memory.</summary>
    public ExpressionMatrix ToMatrix(int[] genes, Watch watch)
    {
        List<ExpressionMatrix> parts = [];
        Run(genes, watch, block => block.Matrix, (_, part) => parts.Add(part));
        return ExpressionMatrix.Joined(parts, genes.Length);
    }

    private int[] Place(int[] genes)
    {
        var place = new int[values.Columns];
        Array.Fill(place, -1);
        for (var i = 0; i < genes.Length; i++) place[genes[i]] = i;
        return place;
    }

    // Numbers, among the kept cells, of those in some rows.
    private (int First, int Count) Within(int first, int count)
    {
        int from = Lower(first), to = Lower(first + count);
        return (from, to - from);

        int Lower(int row)
        {
            var at = Array.BinarySearch(kept, row);
            return at < 0 ? ~at : at;
        }
    }

    private RowBlock Block(RowBlock block, int[] place, int width)
    {
        var (first, count) = Within(block.First, block.Count);
        var pointers = new int[count + 1];
        for (var i = 0; i < count; i++)
        {
            pointers[i + 1] = pointers[i];
            var row = kept[first + i] - block.First;
            var columns = block.Columns(row);
            var entries = block.Values(row);
            for (var k = 0; k < columns.Length; k++)
            {
                if (place[columns[k]] >= 0 && entries[k] != 0) pointers[i + 1]++;
            }
        }
        var (genes, own, next) = (new int[pointers[^1]], new float[pointers[^1]], 0);
        for (var i = 0; i < count; i++)
        {
            var row = kept[first + i] - block.First;
            var columns = block.Columns(row);
            var entries = block.Values(row);
            for (var k = 0; k < columns.Length; k++)
            {
                var gene = place[columns[k]];
                if (gene < 0 || entries[k] == 0) continue;
                (genes[next], own[next]) = (gene, transform(kept[first + i], entries[k]));
                next++;
            }
        }
        return new RowBlock(first, count, SparseMatrix.Unchecked(count, width, pointers, genes, own), 0);
    }
}
