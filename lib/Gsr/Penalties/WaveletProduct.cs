using Gsr.Graphs.Filters;
using Gsr.Native;
using TorchSharp;

namespace Gsr.Penalties;

/// <summary>
/// Analysis and adjoint of a wavelet transform on batches, and with them the L1 norm of the coefficients.
/// </summary>
internal abstract class WaveletProduct
{
    /// <summary>Writes the gradient of weight · mean Σ|Wz| and returns the mean Σ|Wz|.</summary>
    /// <param name="z">[batch, nodes], without gradient.</param>
    /// <param name="gradient">[batch, nodes]; overwritten.</param>
    /// <param name="weight">The factor of the term.</param>
    public double Evaluate(torch.Tensor z, torch.Tensor gradient, double weight)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var batch = z.shape[0];
        var coefficients = Analyse(z);
        double sum = 0;
        foreach (var one in coefficients) sum += one.abs().sum().ToDouble();
        gradient.copy_(Adjoint([.. coefficients.Select(one => one.sign())]).Times(weight / batch));
        return sum / batch;
    }

    /// <summary>Coefficients of z, in one or several tensors of [batch, …].</summary>
    protected abstract torch.Tensor[] Analyse(torch.Tensor z);

    /// <summary>From tensors shaped as <see cref="Analyse"/> gives them to [batch, nodes].</summary>
    protected abstract torch.Tensor Adjoint(torch.Tensor[] coefficients);
}

/// <summary>The transform as one matrix of all atoms.</summary>
internal sealed class DenseWaveletProduct(GraphWavelets wavelets, int firstKernel) : WaveletProduct
{
    private readonly DeviceMatrix _atoms = new(() => torch.from_array(Atoms(wavelets, firstKernel)));

    /// <inheritdoc/>
    protected override torch.Tensor[] Analyse(torch.Tensor z) => [torch.matmul(z, _atoms.For(z).t())];

    /// <inheritdoc/>
    protected override torch.Tensor Adjoint(torch.Tensor[] coefficients) =>
        torch.matmul(coefficients[0], _atoms.For(coefficients[0]));

    /// <summary>[atoms, nodes]: row jN + n is ψⱼₙ.</summary>
    private static double[,] Atoms(GraphWavelets wavelets, int firstKernel)
    {
        var nodes = wavelets.Laplacian.NodeCount;
        var atoms = new double[(wavelets.KernelCount - firstKernel) * nodes, nodes];
        var delta = new double[nodes];
        for (var n = 0; n < nodes; n++)
        {
            delta[n] = 1;
            var ofNode = wavelets.Analyse(delta);
            delta[n] = 0;
            for (var j = firstKernel; j < ofNode.Length; j++)
                for (var i = 0; i < nodes; i++) atoms[((j - firstKernel) * nodes) + n, i] = ofNode[j][i];
        }

        return atoms;
    }
}

/// <summary>
/// The transform by polynomials of the sparse Laplacian: one recurrence for all kernels, one for the adjoint.
/// </summary>
internal sealed class ChebyshevWaveletProduct(GraphWavelets wavelets, int firstKernel) : WaveletProduct
{
    private readonly DeviceMatrix _laplacian = DeviceMatrix.Of(wavelets.Laplacian.Matrix);
    private readonly ChebyshevExpansion[] _expansions = [.. wavelets.Expansions!.Skip(firstKernel)];

    /// <summary>Several polynomials of L, of one order and interval, by one recurrence: pⱼ(L) z of every one.</summary>
    public static torch.Tensor[] Polynomials(
        torch.Tensor z, torch.Tensor laplacian, IReadOnlyList<ChebyshevExpansion> expansions)
    {
        var (current, previous) = (z, z);
        torch.Tensor[] sums = [.. expansions.Select(e => z.Times(e.Coefficients[0]))];
        for (var k = 1; k <= expansions[0].Order; k++)
        {
            using var scope = torch.NewDisposeScope();
            var shifted = Shifted(current, laplacian, expansions[0].Upper);
            var next = k == 1 ? shifted : shifted.Times(2).Minus(previous);
            for (var j = 0; j < sums.Length; j++)
            {
                var sum = sums[j].Plus(next.Times(expansions[j].Coefficients[k]));
                sums[j] = sum.MoveToOuterDisposeScope();
            }

            (previous, current) = (current, next.MoveToOuterDisposeScope());
        }

        return sums;
    }

    /// <inheritdoc/>
    protected override torch.Tensor[] Analyse(torch.Tensor z) => Polynomials(z, _laplacian.For(z), _expansions);

    /// <inheritdoc/>
    protected override torch.Tensor Adjoint(torch.Tensor[] coefficients)
    {
        // Clenshaw's recurrence with Σⱼ cⱼₖ yⱼ in the place of the coefficients.
        var next = torch.zeros_like(coefficients[0]);
        var (afterNext, laplacian) = (next, _laplacian.For(next));
        for (var k = _expansions[0].Order; k >= 0; k--)
        {
            using var scope = torch.NewDisposeScope();
            var value = Shifted(next, laplacian, _expansions[0].Upper).Times(k == 0 ? 1 : 2).Minus(afterNext);
            for (var j = 0; j < coefficients.Length; j++)
                value = value.Plus(coefficients[j].Times(_expansions[j].Coefficients[k]));
            (afterNext, next) = (next, value.MoveToOuterDisposeScope());
        }

        return next;
    }

    /// <summary>L̃Z = (2/b) LZ - Z.</summary>
    private static torch.Tensor Shifted(torch.Tensor z, torch.Tensor laplacian, double upper) =>
        DeviceMatrix.Times(z, laplacian).Times(2 / upper).Minus(z);
}
