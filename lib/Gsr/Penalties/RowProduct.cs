using System.Numerics;
using System.Runtime.Intrinsics;
using Gsr.Graphs;

namespace Gsr.Penalties;

/// <summary>
/// S z for any sparse matrix: a vector's worth of examples is transposed, so that each entry S[i, j] of a row multiplies
/// node j of all of them with one instruction, whatever the order of the columns.
/// </summary>
internal sealed unsafe class RowProduct : VectorProduct
{
    [ThreadStatic]
    private static byte[]? _scratch;

    private readonly int[] _pointers;
    private readonly int[] _columns;
    private readonly float[] _single;
    private readonly double[] _double;

    public RowProduct(CsrMatrix matrix)
        : base(matrix)
    {
        _pointers = matrix.RowPointers.ToArray();
        _columns = matrix.Columns.ToArray();
        _double = matrix.Values.ToArray();
        _single = Array.ConvertAll(_double, value => (float)value);
    }

    /// <inheritdoc/>
    protected override long WorkPerExample => _columns.Length;

    /// <inheritdoc/>
    protected override int BlockSize<T>() => Vector512<T>.Count;

    /// <inheritdoc/>
    protected override void Multiply<T>(T* z, T* y, int rows, T scale, double* forms)
    {
        if (typeof(T) == typeof(float))
        {
            fixed (float* values = _single) Block((float*)z, (float*)y, rows, float.CreateTruncating(scale), forms, values);
        }
        else
        {
            fixed (double* values = _double) Block((double*)z, (double*)y, rows, double.CreateTruncating(scale), forms, values);
        }
    }

    private void Block<T>(T* z, T* y, int rows, T scale, double* forms, T* values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var width = Vector512<T>.Count;
        var turned = Scratch<T>(ref _scratch, 2 * Size * width);
        var products = turned + ((nint)Size * width);
        Turn(z, turned, rows);

        var scales = Vector512.Create(scale);
        var sum = Vector512<T>.Zero;
        fixed (int* pointers = _pointers, columns = _columns)
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
