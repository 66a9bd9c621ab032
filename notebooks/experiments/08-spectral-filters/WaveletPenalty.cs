using Gsr.Analysis;
using Gsr.Native;
using Gsr.Penalties;
using TorchSharp;

namespace Gsr.Experiments.SpectralFilters;

/// <summary>
/// L1 on the wavelet coefficients of the activations, mean over the batch of Σⱼₙ |⟨ψⱼₙ, z⟩|: an example is then made of
/// few atoms, each about one node. The first arm of the paper's code has it, with a weight of 1e-6.
/// </summary>
/// <remarks>
/// The gradient is (1/B) W* sign(Wz), one analysis and one adjoint, with W the dense matrix of all atoms; where a
/// coefficient is 0 its sign is taken as 0, a subgradient.
/// </remarks>
public sealed class WaveletPenalty : IActivationPenalty
{
    private readonly DeviceMatrix _atoms;

    /// <summary>Makes a penalty of a transform.</summary>
    public WaveletPenalty(MeyerWavelets wavelets)
    {
        Wavelets = wavelets;
        _atoms = new DeviceMatrix(() => torch.from_array(Atoms(wavelets)));
    }

    /// <summary>The transform.</summary>
    public MeyerWavelets Wavelets { get; }

    /// <inheritdoc/>
    public PenaltyValue Evaluate(torch.Tensor activations, double weight = 1) => GraphPenaltyFunction.Term(
        activations, Wavelets.Laplacian.NodeCount, weight, (z, gradient) => Evaluate(z, gradient, weight));

    /// <summary>
    /// Such as "Σ|Wz|, Meyer wavelets, 4 scales on [0, 4], of combinatorial Laplacian of ring 20, 20 nodes, 20 edges".
    /// </summary>
    public override string ToString() => $"Σ|Wz|, {Wavelets}";

    private double Evaluate(torch.Tensor z, torch.Tensor gradient, double weight)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var (atoms, batch) = (_atoms.For(z), z.shape[0]);
        var coefficients = torch.matmul(z, atoms.t());
        gradient.copy_(torch.matmul(coefficients.sign(), atoms).Times(weight / batch));
        return coefficients.abs().sum().Value() / batch;
    }

    /// <summary>[atoms, nodes]: row jN + n is ψⱼₙ.</summary>
    private static double[,] Atoms(MeyerWavelets wavelets)
    {
        var nodes = wavelets.Laplacian.NodeCount;
        double[][] atoms = [.. Enumerable.Range(0, wavelets.Kernels.Count * nodes)
            .Select(row => wavelets.Atom(row / nodes, row % nodes))];
        return Matrices.Of(atoms.Length, nodes, (row, node) => atoms[row][node]);
    }
}
