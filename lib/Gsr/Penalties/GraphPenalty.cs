using Gsr.Graphs;
using TorchSharp;

namespace Gsr.Penalties;

/// <summary>
/// The graph spectral penalty G(z) = mean over the batch of zᵀLz (Tong et al. 2020, section 3), or its scale-free form.
/// </summary>
/// <remarks>
/// The gradient is known, ∂/∂Z mean zᵀLz = (2/B) Z L, so value and gradient come from one product of L with Z, which is
/// computed by a vectorised kernel for sparse graphs on a CPU and by libtorch elsewhere. The gradient is not itself
/// differentiable (no second derivatives).
/// </remarks>
/// <example><code>
/// var penalty = new GraphPenalty(FeatureGraph.Grid(8, 8).Laplacian());
/// using var regularizer = new Regularizer().Add(model.GridLayer, penalty, weight: 1e-3);
/// </code></example>
public sealed class GraphPenalty : IActivationPenalty
{
    private readonly QuadraticProduct _product;

    /// <summary>
    /// Makes a penalty of a Laplacian; of a random walk Laplacian the symmetric part counts, as in any quadratic form.
    /// </summary>
    public GraphPenalty(Laplacian laplacian, PenaltyForm form = PenaltyForm.QuadraticForm)
        : this(laplacian, form, QuadraticProduct.Choose(laplacian.SymmetricPart))
    {
    }

    internal GraphPenalty(Laplacian laplacian, PenaltyForm form, QuadraticProduct product)
    {
        Laplacian = laplacian;
        Form = form;
        _product = product;
    }

    /// <summary>The Laplacian L.</summary>
    public Laplacian Laplacian { get; }

    /// <summary>Quadratic form or Rayleigh quotient.</summary>
    public PenaltyForm Form { get; }

    /// <inheritdoc/>
    public PenaltyValue Evaluate(torch.Tensor activations, double weight = 1) =>
        GraphPenaltyFunction.Term(
            activations, Laplacian.NodeCount, weight, (z, gradient) => _product.Evaluate(z, gradient, Form, weight));

    /// <summary>
    /// Frees what the penalty keeps in libtorch, at once and not when it is collected: for those who make a penalty
    /// every few steps. It may be used again, and then makes it anew.
    /// </summary>
    internal void Release() => _product.Release();

    /// <summary>Such as "zᵀLz, combinatorial Laplacian of grid 8x8, 64 nodes, 112 edges".</summary>
    public override string ToString() => $"{(Form == PenaltyForm.QuadraticForm ? "zᵀLz" : "zᵀLz / zᵀz")}, {Laplacian}";
}
