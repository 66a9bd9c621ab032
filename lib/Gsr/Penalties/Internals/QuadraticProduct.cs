using Gsr.Graphs;
using TorchSharp;

namespace Gsr.Penalties;

/// <summary>
/// One way to compute S z for every example of a batch, and with it the penalty and its gradient; S is symmetric.
/// </summary>
internal abstract class QuadraticProduct
{
    /// <summary>
    /// Above this share of non-zeros a dense product is faster than a sparse one (measured at 64 to 256 nodes).
    /// </summary>
    private const double DenseShare = 0.25;
    private const int LargestDense = 256;

    /// <summary>Below it the rows' kernel is done before libtorch's dozen calls are, however dense the graph.</summary>
    private const int SmallestDense = 48;

    private TorchProduct? _torch;

    protected QuadraticProduct(CsrMatrix matrix) => Matrix = matrix;

    /// <summary>The matrix S.</summary>
    protected CsrMatrix Matrix { get; }

    /// <summary>Number of nodes.</summary>
    public int Size => Matrix.Size;

    /// <summary>
    /// The fastest way for a matrix: by diagonals (grids, rings), by rows (any sparse graph), or dense.
    /// </summary>
    public static QuadraticProduct Choose(CsrMatrix matrix)
    {
        var isDense = matrix.Values.Length > DenseShare * matrix.Size * matrix.Size;
        if (isDense && matrix.Size is >= SmallestDense and <= LargestDense) return new TorchProduct(matrix);
        return DiagonalProduct.Suits(matrix) ? new DiagonalProduct(matrix) : new RowProduct(matrix);
    }

    /// <summary>
    /// Writes the gradient of weight · mean penalty and returns the mean penalty; z and gradient are [batch, nodes],
    /// contiguous, without gradient.
    /// </summary>
    public double Evaluate(torch.Tensor z, torch.Tensor gradient, PenaltyForm form, double weight) =>
        z.device_type == DeviceType.CPU
            ? EvaluateOnCpu(z, gradient, form, weight)
            : OnDevice().EvaluateOnDevice(z, gradient, form, weight);

    /// <summary>Frees tensors that are kept between evaluations.</summary>
    internal virtual void Release() => _torch?.Release();

    protected abstract double EvaluateOnCpu(torch.Tensor z, torch.Tensor gradient, PenaltyForm form, double weight);

    /// <summary>The same product by libtorch, made when a tensor on another device first asks for it.</summary>
    private protected virtual TorchProduct OnDevice()
    {
        lock (this) return _torch ??= MakeTorch();
    }

    /// <summary>Makes it; a product of another matrix than <see cref="Matrix"/> makes its own.</summary>
    internal virtual TorchProduct MakeTorch() => new(Matrix);
}
