using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Gsr.Graphs;
using Gsr.Graphs.Filters;
using Gsr.Native;
using TorchSharp;

namespace Gsr.Penalties;

/// <summary>
/// p(L) z for a Chebyshev polynomial p: as many sparse products as its order, on a vector's worth of examples at once,
/// in three work areas of [nodes, width] that are passed round.
/// </summary>
internal sealed unsafe class ChebyshevProduct : RowProduct
{
    [ThreadStatic]
    private static byte[]? Scratch;

    private readonly ChebyshevExpansion _expansion;

    public ChebyshevProduct(CsrMatrix matrix, ChebyshevExpansion expansion)
        : base(matrix) => _expansion = expansion;

    protected override long WorkPerExample => base.WorkPerExample * Math.Max(1, _expansion.Order);

    internal override TorchProduct MakeTorch() => new TorchChebyshevProduct(Matrix, _expansion);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Multiply<T>(T* z, T* y, int rows, T scale, double* forms, T* values)
    {
        var width = Vector512<T>.Count;
        var area = (nint)Size * width;
        var current = Scratch<T>(ref Scratch, checked(3 * Size * width));
        var other = current + area;
        var sums = other + area;
        Turn(z, current, rows);
        var first = Vector512.Create(T.CreateTruncating(_expansion.Coefficients[0]));
        for (nint at = 0; at < area; at += width) (first * Vector512.LoadAligned(current + at)).StoreAligned(sums + at);

        for (var k = 1; k <= _expansion.Order; k++)
        {
            // T₁ = L̃T₀ with L̃ = (2/b) L - 1, then Tₖ = 2 L̃Tₖ₋₁ - Tₖ₋₂, written over Tₖ₋₂.
            var twice = k == 1 ? 1 : 2;
            Next(current, other, sums, values, twice * 2 / _expansion.Upper, -twice, k > 1, _expansion.Coefficients[k]);
            var made = other;
            other = current;
            current = made;
        }

        for (var row = 0; row < rows; row++)
        {
            double form = 0;
            var source = z + ((nint)row * Size);
            var target = y + ((nint)row * Size);
            for (var i = 0; i < Size; i++)
            {
                var product = sums[((nint)i * width) + row];
                form += double.CreateTruncating(product * source[i]);
                target[i] = product * scale;
            }

            forms[row] = form;
        }
    }

    /// <summary>
    /// other = product · L x + own · x, less other where it is the one before; sums += coefficient · other.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Next<T>(
        T* x, T* other, T* sums, T* values, double product, double own, bool hasBefore, double coefficient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var width = Vector512<T>.Count;
        var (a, b) = (Vector512.Create(T.CreateTruncating(product)), Vector512.Create(T.CreateTruncating(own)));
        var d = Vector512.Create(T.CreateTruncating(coefficient));
        fixed (int* pointers = Pointers, columns = Columns)
        {
            for (var i = 0; i < Size; i++)
            {
                var at = (nint)i * width;
                var sum = Vector512<T>.Zero;
                for (var k = pointers[i]; k < pointers[i + 1]; k++)
                {
                    var node = Vector512.LoadAligned(x + ((nint)columns[k] * width));
                    sum = MultiplyAdd(Vector512.Create(values[k]), node, sum);
                }

                var next = MultiplyAdd(a, sum, b * Vector512.LoadAligned(x + at));
                // Until the second step the work area holds what an earlier call left there.
                if (hasBefore) next -= Vector512.LoadAligned(other + at);
                next.StoreAligned(other + at);
                MultiplyAdd(d, next, Vector512.LoadAligned(sums + at)).StoreAligned(sums + at);
            }
        }
    }
}

/// <summary>The same polynomial by libtorch, on any device.</summary>
internal sealed class TorchChebyshevProduct(CsrMatrix matrix, ChebyshevExpansion expansion) : TorchProduct(matrix)
{
    protected override torch.Tensor Multiply(torch.Tensor z, torch.Tensor matrix)
    {
        var (current, previous) = (z, z);
        var sum = z.Times(expansion.Coefficients[0]);
        for (var k = 1; k <= expansion.Order; k++)
        {
            using var scope = torch.NewDisposeScope();
            var shifted = DeviceMatrix.Times(current, matrix).Times(2 / expansion.Upper).Minus(current);
            var next = k == 1 ? shifted : shifted.Times(2).Minus(previous);
            sum = sum.Plus(next.Times(expansion.Coefficients[k])).MoveToOuterDisposeScope();
            (previous, current) = (current, next.MoveToOuterDisposeScope());
        }

        return sum;
    }
}
