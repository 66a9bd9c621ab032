using Gsr.Graphs.Filters;
using Gsr.Native;
using TorchSharp;

namespace Gsr.Penalties;

/// <summary>Analysis and adjoint of a wavelet transform on batches, and with them the L1 norm of the coefficients.</summary>
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
    private readonly Lazy<double[,]> _atoms = new(() => Atoms(wavelets, firstKernel));
    private readonly Dictionary<(DeviceType, int, torch.ScalarType), torch.Tensor> _matrices = [];
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    protected override torch.Tensor[] Analyse(torch.Tensor z) => [torch.matmul(z, Matrix(z).t())];

    /// <inheritdoc/>
    protected override torch.Tensor Adjoint(torch.Tensor[] coefficients) => torch.matmul(coefficients[0], Matrix(coefficients[0]));

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

    private torch.Tensor Matrix(torch.Tensor like)
    {
        var key = (like.device_type, like.device.index, like.dtype);
        lock (_gate)
        {
            if (_matrices.TryGetValue(key, out var known)) return known;
            using var scope = torch.NewDisposeScope();
            // Kept for the life of the penalty, outside any scope of the caller.
            return _matrices[key] = torch.from_array(_atoms.Value).to(like.dtype).to(like.device).DetachFromDisposeScope();
        }
    }
}

/// <summary>The transform by polynomials of the sparse Laplacian: one recurrence for all kernels, one for the adjoint.</summary>
internal sealed class ChebyshevWaveletProduct(GraphWavelets wavelets, int firstKernel) : WaveletProduct
{
    private readonly SparseLaplacian _laplacian = new(wavelets.Laplacian.Matrix);
    private readonly ChebyshevExpansion[] _expansions = [.. wavelets.Expansions!.Skip(firstKernel)];

    private int Order => _expansions[0].Order;

    /// <inheritdoc/>
    protected override torch.Tensor[] Analyse(torch.Tensor z)
    {
        var (current, previous) = (z, z);
        torch.Tensor[] sums = [.. _expansions.Select(e => z.Times(e.Coefficients[0]))];
        for (var k = 1; k <= Order; k++)
        {
            using var scope = torch.NewDisposeScope();
            var shifted = Shifted(current);
            var next = k == 1 ? shifted : shifted.Times(2).Minus(previous);
            for (var j = 0; j < sums.Length; j++)
            {
                var sum = sums[j].Plus(next.Times(_expansions[j].Coefficients[k]));
                sums[j] = sum.MoveToOuterDisposeScope();
            }

            (previous, current) = (current, next.MoveToOuterDisposeScope());
        }

        return sums;
    }

    /// <inheritdoc/>
    protected override torch.Tensor Adjoint(torch.Tensor[] coefficients)
    {
        // Clenshaw's recurrence with Σⱼ cⱼₖ yⱼ in the place of the coefficients.
        var next = torch.zeros_like(coefficients[0]);
        var afterNext = next;
        for (var k = Order; k >= 0; k--)
        {
            using var scope = torch.NewDisposeScope();
            var value = Shifted(next).Times(k == 0 ? 1 : 2).Minus(afterNext);
            for (var j = 0; j < coefficients.Length; j++) value = value.Plus(coefficients[j].Times(_expansions[j].Coefficients[k]));
            (afterNext, next) = (next, value.MoveToOuterDisposeScope());
        }

        return next;
    }

    /// <summary>L̃Z = (2/b) LZ - Z.</summary>
    private torch.Tensor Shifted(torch.Tensor z) => _laplacian.Multiply(z).Times(2 / _expansions[0].Upper).Minus(z);

    /// <summary>Z L by libtorch, with the matrix kept per type and device.</summary>
    private sealed class SparseLaplacian(Graphs.CsrMatrix matrix) : TorchProduct(matrix)
    {
        public torch.Tensor Multiply(torch.Tensor z) => Times(z, MatrixFor(z));
    }
}
