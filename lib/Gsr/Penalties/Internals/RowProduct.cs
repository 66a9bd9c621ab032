using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Gsr.Graphs;

namespace Gsr.Penalties;

/// <summary>
/// S z for any sparse matrix: a vector's worth of examples is transposed, so that each entry S[i, j] of a row
/// multiplies node j of all of them with one instruction, whatever the order of the columns.
/// </summary>
internal unsafe class RowProduct : VectorProduct
{
    [ThreadStatic]
    private static byte[]? Scratch;

    public RowProduct(CsrMatrix matrix)
        : base(matrix, matrix.Values.ToArray()) =>
        (Pointers, Columns) = (matrix.RowPointers.ToArray(), matrix.Columns.ToArray());

    /// <summary>Offsets of the rows.</summary>
    protected int[] Pointers { get; }

    /// <summary>Column of each entry.</summary>
    protected int[] Columns { get; }

    protected override long WorkPerExample => Columns.Length;

    protected sealed override int BlockSize<T>() => Vector512<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Multiply<T>(T* z, T* y, int rows, T scale, double* forms, T* values)
    {
        var width = Vector512<T>.Count;
        var turned = Scratch<T>(ref Scratch, 2 * Size * width);
        var products = turned + ((nint)Size * width);
        Turn(z, turned, rows);

        var scales = Vector512.Create(scale);
        var sum = Vector512<T>.Zero;
        fixed (int* pointers = Pointers, columns = Columns)
        {
            for (var i = 0; i < Size; i++)
            {
                var product = Vector512<T>.Zero;
                for (var k = pointers[i]; k < pointers[i + 1]; k++)
                {
                    var node = Vector512.LoadAligned(turned + ((nint)columns[k] * width));
                    product = MultiplyAdd(Vector512.Create(values[k]), node, product);
                }

                sum = MultiplyAdd(product, Vector512.LoadAligned(turned + ((nint)i * width)), sum);
                (product * scales).StoreAligned(products + ((nint)i * width));
            }
        }

        for (var row = 0; row < rows; row++)
        {
            forms[row] = double.CreateTruncating(sum[row]);
            var target = y + ((nint)row * Size);
            for (var i = 0; i < Size; i++) target[i] = products[((nint)i * width) + row];
        }
    }

    /// <summary>[rows, nodes] to [nodes, a vector's width], examples that are not there as zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected void Turn<T>(T* z, T* turned, int rows)
        where T : unmanaged
    {
        var width = Vector512<T>.Count;
        if (rows < width) new Span<T>(turned, Size * width).Clear();
        for (var row = 0; row < rows; row++)
        {
            var source = z + ((nint)row * Size);
            for (var i = 0; i < Size; i++) turned[((nint)i * width) + row] = source[i];
        }
    }
}
