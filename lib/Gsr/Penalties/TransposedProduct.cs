using System.Numerics;
using System.Runtime.Intrinsics;
using Gsr.Graphs;

namespace Gsr.Penalties;

/// <summary>
/// Products with a sparse matrix for which a vector's worth of examples is transposed, so that an entry of a row multiplies its
/// node in all of them with one instruction.
/// </summary>
internal abstract unsafe class TransposedProduct : VectorProduct
{
    private readonly float[] _single;
    private readonly double[] _double;

    protected TransposedProduct(CsrMatrix matrix)
        : base(matrix)
    {
        Pointers = matrix.RowPointers.ToArray();
        Columns = matrix.Columns.ToArray();
        _double = matrix.Values.ToArray();
        _single = Array.ConvertAll(_double, value => (float)value);
    }

    /// <summary>Offsets of the rows.</summary>
    protected int[] Pointers { get; }

    /// <summary>Column of each entry.</summary>
    protected int[] Columns { get; }

    /// <inheritdoc/>
    protected override long WorkPerExample => Columns.Length;

    /// <inheritdoc/>
    protected sealed override int BlockSize<T>() => Vector512<T>.Count;

    /// <inheritdoc/>
    protected sealed override void Multiply<T>(T* z, T* y, int rows, T scale, double* forms)
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

    /// <summary>As <see cref="Multiply"/>, with the matrix's entries in the examples' precision.</summary>
    protected abstract void Block<T>(T* z, T* y, int rows, T scale, double* forms, T* values)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>[rows, nodes] to [nodes, a vector's width], examples that are not there as zeros.</summary>
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
