using Gsr.Graphs.Filters;
using TorchSharp;

namespace Gsr.Penalties;

/// <summary>
/// A spectral penalty of any kernel, mean over the batch of zᵀg(L)z = Σ g(λₖ) ẑₖ², or its scale-free form: each
/// frequency of a layer's activations costs what g says. g(λ) = λ is the <see cref="GraphPenalty"/>.
/// </summary>
/// <remarks>
/// The gradient is known, (2/B) Z g(L), and comes from the one product that gives the value. Of an exact filter g(L) is
/// a dense matrix; a filter by polynomials costs as many sparse products as its order and no eigenvectors, and value
/// and gradient are those of the polynomial: with ε its <see cref="ChebyshevExpansion.Error"/>, off by at most ε zᵀz
/// and 2ε ‖z‖ for an example z.
/// </remarks>
/// <example><code>
/// var filter = GraphFilter.Exact(FeatureGraph.Ring(20).Laplacian(), SpectralKernel.InverseHeat(2));
/// using var regularizer = new Regularizer().Add(model.CodeLayer, new FilterPenalty(filter), weight: 1e-2);
/// </code></example>
public sealed class FilterPenalty : IActivationPenalty, IKnownGradient
{
    private const int SmallestForTorch = 48;
    private const int LargestExact = 2048;
    private readonly QuadraticProduct _product;

    /// <summary>Makes a penalty of a filter g(L), whose kernel is nowhere negative.</summary>
    /// <exception cref="ArgumentException">
    /// The kernel is negative on the spectrum, where growing activations would be rewarded without end; or an exact
    /// filter has more than 2,048 nodes.
    /// </exception>
    public FilterPenalty(GraphFilter filter, PenaltyForm form = PenaltyForm.QuadraticForm)
    {
        ArgumentNullException.ThrowIfNull(filter);
        CheckSign(filter);
        Filter = filter;
        Form = form;
        _product = Product(filter);
    }

    /// <summary>g(L).</summary>
    public GraphFilter Filter { get; }

    /// <summary>Quadratic form or Rayleigh quotient.</summary>
    public PenaltyForm Form { get; }

    /// <inheritdoc/>
    public PenaltyValue Evaluate(torch.Tensor activations, double weight = 1) => GraphPenaltyFunction.Term(
        activations, Filter.Laplacian.NodeCount, weight, (z, gradient) => _product.Evaluate(z, gradient, Form, weight));

    double IKnownGradient.Evaluate(torch.Tensor values, torch.Tensor gradient, double weight)
    {
        GraphPenaltyFunction.BatchSize(values, Filter.Laplacian.NodeCount);
        using var scope = torch.NewDisposeScope();
        return _product.Evaluate(values, gradient, Form, weight);
    }

    /// <summary>Such as "zᵀg(L)z, λ² of combinatorial Laplacian of ring 20, 20 nodes, 20 edges".</summary>
    public override string ToString() =>
        $"{(Form == PenaltyForm.QuadraticForm ? "zᵀg(L)z" : "zᵀg(L)z / zᵀz")}, {Filter}";

    private static QuadraticProduct Product(GraphFilter filter)
    {
        if (filter.Expansion is { } expansion) return new ChebyshevProduct(filter.Laplacian.Matrix, expansion);
        var nodes = filter.Laplacian.NodeCount;
        if (nodes > LargestExact)
        {
            throw new ArgumentException(
                $"filter is exact and has {nodes} nodes, a dense matrix of {nodes}²; "
                + $"above {LargestExact} use GraphFilter.Chebyshev.", nameof(filter));
        }

        var dense = Graphs.CsrMatrix.OfDense(filter.ToDense());
        return nodes < SmallestForTorch ? new RowProduct(dense) : new TorchProduct(dense);
    }

    private static void CheckSign(GraphFilter filter)
    {
        const int Points = 1000;
        var upper = GraphFilter.Interval(filter.Laplacian);
        for (var i = 0; i <= Points; i++)
        {
            var (lambda, value) = (upper * i / Points, filter.Kernel.At(upper * i / Points));
            if (value < 0)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"filter's kernel {filter.Kernel} is {value:G3} at λ = {lambda:G3}; ")
                    + "a penalty is nowhere negative: square it or add a constant.", nameof(filter));
            }
        }
    }
}
