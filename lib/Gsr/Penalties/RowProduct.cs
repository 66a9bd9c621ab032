using System.Runtime.Intrinsics;
using Gsr.Graphs;

namespace Gsr.Penalties;

/// <summary>
/// S z for any sparse matrix: a vector's worth of examples is transposed, so that each entry S[i, j] of a row multiplies
/// node j of all of them with one instruction, whatever the order of the columns.
/// </summary>
internal sealed unsafe class RowProduct : TransposedProduct
{
    [ThreadStatic]
    private static byte[]? _scratch;

    public RowProduct(CsrMatrix matrix)
        : base(matrix)
    {
    }

    /// <inheritdoc/>
    protected override void Block<T>(T* z, T* y, int rows, T scale, double* forms, T* values)
    {
        var width = Vector512<T>.Count;
        var turned = Scratch<T>(ref _scratch, 2 * Size * width);
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
                    product = MultiplyAdd(Vector512.Create(values[k]), Vector512.LoadAligned(turned + ((nint)columns[k] * width)), product);
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
}
