using Gsr.Graphs;
using Gsr.Native;
using TorchSharp;

namespace Gsr.Penalties;

/// <summary>
/// S z by libtorch's own product: dense for small or dense graphs, sparse for large ones; on any device.
/// </summary>
internal class TorchProduct : QuadraticProduct
{
    private readonly DeviceMatrix _matrix;

    public TorchProduct(CsrMatrix matrix)
        : base(matrix) => _matrix = DeviceMatrix.Of(matrix);

    /// <summary>The libtorch form of another product.</summary>
    public static TorchProduct Of(QuadraticProduct product)
    {
        if (product is TorchProduct itself) return itself;
        lock (product) return product.Torch ??= product.MakeTorch();
    }

    /// <inheritdoc/>
    internal override void Release() => _matrix.Release();

    /// <inheritdoc cref="QuadraticProduct.Evaluate"/>
    public double EvaluateOnDevice(torch.Tensor z, torch.Tensor gradient, PenaltyForm form, double weight)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var matrix = _matrix.For(z);
        var batch = z.shape[0];
        var product = Multiply(z, matrix);
        var forms = (product * z).sum(1);
        if (form == PenaltyForm.QuadraticForm)
        {
            gradient.copy_(product.Times(2 * weight / batch));
            return forms.sum().ToDouble() / batch;
        }

        var energies = (z * z).sum(1);
        var zeros = torch.zeros_like(energies);
        var inverse = torch.where(energies.eq(zeros), zeros, energies.reciprocal());
        var quotients = forms * inverse;
        gradient.copy_(product.Minus(z * quotients.unsqueeze(1)) * inverse.Times(2 * weight / batch).unsqueeze(1));
        return quotients.sum().ToDouble() / batch;
    }

    /// <summary>Z S, to be freed by the caller's scope.</summary>
    /// <param name="z">[batch, nodes].</param>
    /// <param name="matrix">The matrix, dense or sparse, of the type and on the device of z.</param>
    protected virtual torch.Tensor Multiply(torch.Tensor z, torch.Tensor matrix) => DeviceMatrix.Times(z, matrix);

    protected override double EvaluateOnCpu(torch.Tensor z, torch.Tensor gradient, PenaltyForm form, double weight) =>
        EvaluateOnDevice(z, gradient, form, weight);
}
