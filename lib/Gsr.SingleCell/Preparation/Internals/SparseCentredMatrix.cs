using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Gsr.Native;
using TorchSharp;

namespace Gsr.SingleCell.Preparation;

/// <summary>
/// The centred form of a sparse matrix, which is never made: means are taken off the products. Sums are taken in the
/// same order on any number of threads.
/// </summary>
internal sealed class SparseCentredMatrix : CentredMatrix
{
    /// <summary>Columns of the dense factor at a time, so that their rows stay in the cache.</summary>
    private const int Chunk = 64;

    private readonly SparseMatrix _cells;
    private readonly SparseMatrix _genes;

    public SparseCentredMatrix(SparseMatrix matrix)
        : base(matrix) => (_cells, _genes) = (matrix, matrix.Transposed());

    // (X - 1μᵀ) Y = X Y - 1 (μᵀY)
    public override torch.Tensor Multiply(torch.Tensor y)
    {
        (var values, var width) = Array(y);
        var product = Product(_cells, values, width);
        var shift = new double[width];
        for (var gene = 0; gene < Genes; gene++)
            AddScaled(shift, values.AsSpan(gene * width, width), -Means[gene]);
        for (var cell = 0; cell < Cells; cell++) AddScaled(product.AsSpan(cell * width, width), shift, 1);
        return torch.tensor(product).reshape(Cells, width);
    }

    // (X - 1μᵀ)ᵀ Z = Xᵀ Z - μ (1ᵀZ)
    public override torch.Tensor MultiplyTransposed(torch.Tensor z)
    {
        (var values, var width) = Array(z);
        var product = Product(_genes, values, width);
        var sums = new double[width];
        for (var cell = 0; cell < Cells; cell++) AddScaled(sums, values.AsSpan(cell * width, width), 1);
        for (var gene = 0; gene < Genes; gene++)
            AddScaled(product.AsSpan(gene * width, width), sums, -Means[gene]);
        return torch.tensor(product).reshape(Genes, width);
    }

    // xᵢᵀxⱼ - xᵢᵀμ - xⱼᵀμ + μᵀμ
    public override torch.Tensor CellProducts()
    {
        var shifts = new double[Cells];
        for (var cell = 0; cell < Cells; cell++)
        {
            var genes = _cells.RowColumns(cell);
            var values = _cells.RowValues(cell);
            for (var k = 0; k < values.Length; k++) shifts[cell] += values[k] * Means[genes[k]];
        }
        var squares = Means.Sum(mean => mean * mean);
        return Products(_cells, _genes, (i, j) => squares - shifts[i] - shifts[j]);
    }

    // xᵢᵀxⱼ - n μᵢ μⱼ
    public override torch.Tensor GeneProducts() => Products(_genes, _cells, (i, j) => -Cells * Means[i] * Means[j]);

    /// <summary>All inner products of rows: every entry of a row meets those of its column.</summary>
    private static torch.Tensor Products(SparseMatrix rows, SparseMatrix columns, Func<int, int, double> shift)
    {
        var size = rows.Rows;
        var products = new double[checked(size * size)];
        InParallel(size, row => AddProducts(rows, columns, row, products.AsSpan(row * size, size)));
        InParallel(size, row =>
        {
            for (var other = row; other < size; other++)
                products[(other * size) + row] = products[(row * size) + other] += shift(row, other);
        });
        return torch.tensor(products).reshape(size, size);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddProducts(SparseMatrix rows, SparseMatrix columns, int row, Span<double> sums)
    {
        var entries = rows.RowColumns(row);
        var values = rows.RowValues(row);
        for (var k = 0; k < values.Length; k++)
        {
            var others = columns.RowColumns(entries[k]);
            // The row itself is among them; those before it are mirrored.
            var from = others.BinarySearch(row);
            var factors = columns.RowValues(entries[k])[from..];
            others = others[from..];
            double value = values[k];
            for (var i = 0; i < others.Length; i++) sums[others[i]] += value * factors[i];
        }
    }

    private static double[] Product(SparseMatrix rows, double[] dense, int width)
    {
        var product = new double[checked(rows.Rows * width)];
        var chunks = (width + Chunk - 1) / Chunk;
        const int stripRows = 256;
        var strips = (rows.Rows + stripRows - 1) / stripRows;
        InParallel(strips * chunks, part =>
        {
            // Strips of one chunk follow each other.
            int from = part / strips * Chunk, length = Math.Min(Chunk, width - from);
            int first = part % strips * stripRows, last = Math.Min(rows.Rows, first + stripRows);
            for (var row = first; row < last; row++)
            {
                var target = product.AsSpan((row * width) + from, length);
                var columns = rows.RowColumns(row);
                var values = rows.RowValues(row);
                if (length == Chunk)
                {
                    SumScaled(target, dense.AsSpan(from), width, columns, values);
                    continue;
                }
                for (var k = 0; k < values.Length; k++)
                    AddScaled(target, dense.AsSpan((columns[k] * width) + from, length), values[k]);
            }
        });
        return product;
    }

    /// <summary>A whole chunk of one row of the product, whose sums stay in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumScaled(
        Span<double> target, ReadOnlySpan<double> dense, int width, ReadOnlySpan<int> columns,
        ReadOnlySpan<float> values)
    {
        Vector512<double> a = default, b = default, c = default, d = default, e = default, f = default, g = default,
            h = default;
        for (var k = 0; k < values.Length; k++)
        {
            var source = MemoryMarshal.Cast<double, Vector512<double>>(
                dense.Slice(columns[k] * width, Chunk));
            var factor = Vector512.Create((double)values[k]);
            a += source[0] * factor;
            b += source[1] * factor;
            c += source[2] * factor;
            d += source[3] * factor;
            e += source[4] * factor;
            f += source[5] * factor;
            g += source[6] * factor;
            h += source[7] * factor;
        }
        var sums = MemoryMarshal.Cast<double, Vector512<double>>(target);
        (sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7]) = (a, b, c, d, e, f, g, h);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddScaled(Span<double> target, ReadOnlySpan<double> source, double factor)
    {
        var wholes = MemoryMarshal.Cast<double, Vector<double>>(target);
        var sources = MemoryMarshal.Cast<double, Vector<double>>(source);
        var factors = new Vector<double>(factor);
        for (var k = 0; k < wholes.Length; k++) wholes[k] += sources[k] * factors;
        for (var k = wholes.Length * Vector<double>.Count; k < target.Length; k++)
            target[k] += source[k] * factor;
    }

    private static void InParallel(int count, Action<int> run) =>
        Parallel.For(
            0, count, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, torch.get_num_threads()) }, run);

    private static (double[] Values, int Width) Array(torch.Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        return (tensor.ToValues<double>(), (int)tensor.shape[1]);
    }
}
