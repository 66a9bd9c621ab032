using Gsr.Graphs.Filters;
using TorchSharp;

namespace Gsr.Penalties;

/// <summary>
/// L1 on the wavelet coefficients of the activations, mean over the batch of Σⱼₙ |⟨ψⱼₙ, z⟩|: an example is then made of
/// few atoms, each about one node. The first arm of the paper's code has it, with a weight of 1e-6.
/// </summary>
/// <remarks>
/// The gradient is (1/B) W* sign(Wz), one analysis and one adjoint; where a coefficient is 0 its sign is taken as 0, a
/// subgradient. With eigenvectors W is one dense matrix; without, both are polynomials in L by libtorch's sparse
/// product.
/// </remarks>
/// <example><code>
/// var wavelets = GraphWavelets.Exact(FeatureGraph.Ring(20).Laplacian().Spectrum(), FilterBank.Meyer(4));
/// using var regularizer = new Regularizer().Add(model.CodeLayer, new WaveletPenalty(wavelets), weight: 1e-6);
/// </code></example>
public sealed class WaveletPenalty : IActivationPenalty
{
    private readonly WaveletProduct _product;

    /// <summary>Makes a penalty of a wavelet transform.</summary>
    /// <param name="wavelets">The transform.</param>
    /// <param name="includeScaling">
    /// Whether the scaling function's coefficients count, true by default; false leaves the lowest frequencies free,
    /// the constant signal among them.
    /// </param>
    public WaveletPenalty(GraphWavelets wavelets, bool includeScaling = true)
    {
        ArgumentNullException.ThrowIfNull(wavelets);
        Wavelets = wavelets;
        IncludesScaling = includeScaling;
        _product = wavelets.Expansions is null
            ? new DenseWaveletProduct(wavelets, includeScaling ? 0 : 1)
            : new ChebyshevWaveletProduct(wavelets, includeScaling ? 0 : 1);
    }

    /// <summary>The transform.</summary>
    public GraphWavelets Wavelets { get; }

    /// <summary>Whether the scaling function's coefficients count.</summary>
    public bool IncludesScaling { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// The activations do not have one value per node, or are not floating point.
    /// </exception>
    public PenaltyValue Evaluate(torch.Tensor activations, double weight = 1) => GraphPenaltyFunction.Term(
        activations, Wavelets.Laplacian.NodeCount, weight, (z, gradient) => _product.Evaluate(z, gradient, weight));

    /// <summary>
    /// Such as "Σ|Wz|, Meyer wavelets, 4 scales on [0, 4], of combinatorial Laplacian of ring 20, 20 nodes, 20 edges".
    /// </summary>
    public override string ToString() => $"Σ|Wz|{(IncludesScaling ? "" : " without the scaling function")}, {Wavelets}";
}
