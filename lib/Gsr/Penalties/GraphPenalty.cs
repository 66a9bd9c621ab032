using Gsr.Graphs;
using Gsr.Native;
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
public sealed class GraphPenalty : IActivationPenalty, IKnownGradient
{
    private readonly QuadraticProduct _product;
    private readonly Scalar _shift;

    /// <summary>
    /// Makes a penalty of a Laplacian; of a random walk Laplacian the symmetric part counts, as in any quadratic form.
    /// <paramref name="centre"/> is subtracted from z first, the middle of what a node can say, ½ for a logistic code.
    /// It matters in the quotient, and where constants are not in the null space of L: for signed graphs.
    /// </summary>
    public GraphPenalty(Laplacian laplacian, PenaltyForm form = PenaltyForm.QuadraticForm, double centre = 0)
        : this(laplacian, form, QuadraticProduct.Choose(laplacian.SymmetricPart), centre)
    {
    }

    internal GraphPenalty(Laplacian laplacian, PenaltyForm form, QuadraticProduct product, double centre = 0)
    {
        Arguments.Finite([centre], nameof(centre));
        Laplacian = laplacian;
        Form = form;
        Centre = centre;
        _product = product;
        _shift = -centre;
    }

    /// <summary>The Laplacian L.</summary>
    public Laplacian Laplacian { get; }

    /// <summary>Quadratic form or Rayleigh quotient.</summary>
    public PenaltyForm Form { get; }

    /// <summary>What is subtracted from activations; 0 by default.</summary>
    public double Centre { get; }

    /// <inheritdoc/>
    public PenaltyValue Evaluate(torch.Tensor activations, double weight = 1) =>
        GraphPenaltyFunction.Term(
            activations, Laplacian.NodeCount, weight, (z, gradient) => Evaluate(z, gradient, weight));

    double IKnownGradient.Evaluate(torch.Tensor values, torch.Tensor gradient, double weight)
    {
        GraphPenaltyFunction.BatchSize(values, Laplacian.NodeCount);
        using var scope = torch.NewDisposeScope();
        return Evaluate(values, gradient, weight);
    }

    private double Evaluate(torch.Tensor z, torch.Tensor gradient, double weight) =>
        _product.Evaluate(Centred(z), gradient, Form, weight);

    /// <summary>z - centre, to be freed by the caller's scope.</summary>
    internal torch.Tensor Centred(torch.Tensor z) => Centre == 0 ? z : z.add(_shift, Scalars.One);

    /// <summary>
    /// Frees what the penalty keeps in libtorch, at once and not when it is collected: for those who make a penalty
    /// every few steps. It may be used again, and then makes it anew.
    /// </summary>
    internal void Release() => _product.Release();

    /// <summary>Such as "zᵀLz, combinatorial Laplacian of grid 8x8, 64 nodes, 112 edges".</summary>
    public override string ToString() =>
        (Form == PenaltyForm.QuadraticForm ? "zᵀLz" : "zᵀLz / zᵀz")
        + (Centre == 0 ? "" : FormattableString.Invariant($" of z - {Centre:g4}")) + $", {Laplacian}";
}
