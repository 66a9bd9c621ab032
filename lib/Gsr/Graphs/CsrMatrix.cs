using Gsr.Native;

namespace Gsr.Graphs;

/// <summary>
/// A square sparse matrix in compressed rows: row i holds Columns[k], Values[k] for RowPointers[i] ≤ k &lt;
/// RowPointers[i + 1], columns ascending, the diagonal always among them (stored even where it is 0).
/// </summary>
public sealed class CsrMatrix
{
    private readonly int[] _rowPointers;
    private readonly int[] _columns;
    private readonly double[] _values;

    private CsrMatrix(int[] rowPointers, int[] columns, double[] values) =>
        (_rowPointers, _columns, _values) = (rowPointers, columns, values);

    /// <summary>Number of rows and of columns.</summary>
    public int Size => _rowPointers.Length - 1;

    /// <summary>
    /// Size + 1 offsets into <see cref="Columns"/> and <see cref="Values"/>; the last is their length.
    /// </summary>
    public ReadOnlySpan<int> RowPointers => _rowPointers;

    /// <summary>The column of each stored entry.</summary>
    public ReadOnlySpan<int> Columns => _columns;

    /// <summary>The value of each stored entry.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The product with a vector of one value per column.</summary>
    public double[] Multiply(ReadOnlySpan<double> x)
    {
        Arguments.Length(x.Length, Size, nameof(x), "column of the matrix");
        var product = new double[Size];
        for (var row = 0; row < product.Length; row++)
        {
            double sum = 0;
            for (var k = _rowPointers[row]; k < _rowPointers[row + 1]; k++)
                sum += _values[k] * x[_columns[k]];
            product[row] = sum;
        }
        return product;
    }

    /// <summary>The matrix as [Size, Size], zeros filled in.</summary>
    public double[,] ToDense()
    {
        Arguments.DenseSize(Size, "matrix");
        var dense = new double[Size, Size];
        for (var row = 0; row < Size; row++)
        {
            for (var k = _rowPointers[row]; k < _rowPointers[row + 1]; k++)
                dense[row, _columns[k]] = _values[k];
        }
        return dense;
    }

    /// <summary>The largest sum of absolute values in a row.</summary>
    internal double LargestRowSum()
    {
        double largest = 0;
        for (var row = 0; row < Size; row++)
            largest = Math.Max(largest, Values[_rowPointers[row].._rowPointers[row + 1]].ToArray().Sum(Math.Abs));
        return largest;
    }

    /// <summary>bound I - this.</summary>
    internal CsrMatrix SubtractedFrom(double bound)
    {
        var values = Array.ConvertAll(_values, value => -value);
        for (var row = 0; row < Size; row++)
        {
            var (start, end) = (_rowPointers[row], _rowPointers[row + 1]);
            values[Array.BinarySearch(_columns, start, end - start, row)] += bound;
        }
        return new CsrMatrix(_rowPointers, _columns, values);
    }

    /// <summary>A dense square matrix, every entry stored.</summary>
    internal static CsrMatrix OfDense(double[,] dense)
    {
        var n = dense.GetLength(0);
        int[] pointers = [.. Enumerable.Range(0, n + 1).Select(row => row * n)];
        int[] columns = [.. Enumerable.Range(0, n * n).Select(k => k % n)];
        return new CsrMatrix(pointers, columns, dense.Numbers().ToArray());
    }

    /// <summary>
    /// The matrix with the pattern of a graph: a diagonal, and per edge (s, t) one entry in row s and one in row t.
    /// </summary>
    internal static CsrMatrix OfGraph(
        FeatureGraph graph, Func<int, double> diagonal, Func<Edge, (double Row, double Mirror)> entries)
    {
        var n = graph.NodeCount;
        var pointers = new int[n + 1];
        foreach (var edge in graph.Edges)
        {
            pointers[edge.Source + 1]++;
            pointers[edge.Target + 1]++;
        }
        for (var i = 0; i < n; i++)
            pointers[i + 1] += pointers[i] + 1;

        var columns = new int[pointers[n]];
        var values = new double[pointers[n]];
        var next = pointers[..n];
        // Edges are sorted by source, so lower neighbours, the diagonal and higher neighbours, written in three
        // passes, leave every row in ascending order without a sort.
        foreach (var edge in graph.Edges)
            Put(edge.Target, edge.Source, entries(edge).Mirror);
        for (var i = 0; i < n; i++)
            Put(i, i, diagonal(i));
        foreach (var edge in graph.Edges)
            Put(edge.Source, edge.Target, entries(edge).Row);
        return new CsrMatrix(pointers, columns, values);

        void Put(int row, int column, double value)
        {
            var at = next[row]++;
            columns[at] = column;
            values[at] = value;
        }
    }
}
