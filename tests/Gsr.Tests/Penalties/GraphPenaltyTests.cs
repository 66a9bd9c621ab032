using Gsr.Graphs;
using Gsr.Penalties;
using TorchSharp;

namespace Gsr.Tests.Penalties;

public sealed class GraphPenaltyTests
{
    public static TheoryData<string> GraphNames => PenaltyCases.GraphNames;

    [Theory]
    [MemberData(nameof(GraphNames))]
    public void Every_product_equals_the_loop_over_edges(string name)
    {
        var graph = PenaltyCases.Graph(name);
        foreach (var laplacian in PenaltyCases.Kinds.Select(graph.Laplacian))
        {
            foreach (var product in PenaltyCases.Products(laplacian.SymmetricPart))
            {
                foreach (var form in PenaltyCases.Forms)
                {
                    foreach (var batch in new[] { 1, 2, 15, 16, 17, 33 })
                    {
                        Check(laplacian, product, form, torch.float64, batch, weight: 0.7, 1e-12);
                        Check(laplacian, product, form, torch.float32, batch, weight: 0.7, 3e-6);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("grid 5x7")]
    [InlineData("star 40")]
    [InlineData("complete 12")]
    public void Every_batch_size_up_to_40(string name)
    {
        var laplacian = PenaltyCases.Graph(name).Laplacian();
        foreach (var product in PenaltyCases.Products(laplacian.SymmetricPart))
            for (var batch = 1; batch <= 40; batch++)
                foreach (var form in PenaltyCases.Forms)
                    Check(laplacian, product, form, torch.float32, batch, weight: 1e-3, 3e-6);
    }

    [Fact]
    public void Weight_zero_gives_the_value_and_no_gradient()
    {
        var laplacian = FeatureGraph.Grid(8, 8).Laplacian();
        foreach (var product in PenaltyCases.Products(laplacian.SymmetricPart))
        {
            var z = PenaltyCases.Values(3 * 64, 1);
            var (value, term, gradient) = PenaltyCases.Run(
                new GraphPenalty(laplacian, PenaltyForm.QuadraticForm, product), z, torch.float32, [3, 64], 0);
            Assert.True(value > 0);
            Assert.Equal(0, term);
            Assert.All(gradient, g => Assert.Equal(0, g));
        }
    }

    [Fact]
    public void A_factor_in_front_of_the_term_scales_its_gradient()
    {
        foreach (var (product, penalty) in Penalties(FeatureGraph.Torus(4, 8)))
        {
            var z = PenaltyCases.Values(5 * 32, 2);
            var one = PenaltyCases.Run(penalty, z, torch.float64, [5, 32], 0.1).Gradient;
            var scaled = PenaltyCases.Run(penalty, z, torch.float64, [5, 32], 0.1, factor: -2.5).Gradient;
            PenaltyCases.Near([.. one.Select(g => -2.5 * g)], scaled, 1e-14);
            Assert.NotNull(product);
        }
    }

    [Fact]
    public void The_shape_of_the_activations_does_not_matter()
    {
        foreach (var (_, penalty) in Penalties(FeatureGraph.Grid(4, 6)))
        {
            var z = PenaltyCases.Values(3 * 24, 3);
            var flat = PenaltyCases.Run(penalty, z, torch.float32, [3, 24], 1);
            foreach (var shape in new long[][] { [3, 4, 6], [3, 1, 4, 6], [3, 24, 1] })
            {
                var shaped = PenaltyCases.Run(penalty, z, torch.float32, shape, 1);
                Assert.Equal(flat.Value, shaped.Value);
                Assert.Equal(flat.Gradient, shaped.Gradient);
            }

            var single = PenaltyCases.Run(penalty, z[..24], torch.float32, [24], 1);
            Assert.Equal(PenaltyCases.Run(penalty, z[..24], torch.float32, [1, 24], 1).Gradient, single.Gradient);
        }
    }

    [Fact]
    public void Activations_that_are_not_contiguous_count_as_their_values()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var (_, penalty) in Penalties(FeatureGraph.Grid(4, 6)))
        {
            var z = PenaltyCases.Values(5 * 24, 4);
            var expected = PenaltyCases.Run(penalty, z, torch.float64, [5, 24], 1);
            var plain = PenaltyCases.Tensor(z, torch.float64, 5, 24);
            var transposed = plain.t().contiguous().requires_grad_();
            var strided = torch.zeros(10, 48, dtype: torch.float64);
            strided[TorchSharp.torch.TensorIndex.Slice(0, 10, 2), TorchSharp.torch.TensorIndex.Slice(1, 48, 2)] = plain;
            strided.requires_grad_();

            var ofTransposed = penalty.Evaluate(transposed.t());
            var ofStrided = penalty.Evaluate(strided.slice(0, 0, 10, 2).slice(1, 1, 48, 2));
            ofTransposed.Term.backward();
            ofStrided.Term.backward();
            Assert.Equal(expected.Value, ofTransposed.Value);
            Assert.Equal(expected.Value, ofStrided.Value);
            Assert.Equal(expected.Gradient, PenaltyCases.ToArray(transposed.grad!.t()));
            Assert.Equal(expected.Gradient, PenaltyCases.ToArray(strided.grad!.slice(0, 0, 10, 2).slice(1, 1, 48, 2)));
        }
    }

    [Fact]
    public void An_example_of_zeros_has_quotient_zero_and_no_gradient()
    {
        var z = PenaltyCases.Values(18 * 64, 5);
        Array.Clear(z, 64, 64);
        Array.Clear(z, 17 * 64, 64);
        foreach (var kind in PenaltyCases.Kinds)
        {
            foreach (var (product, _) in Penalties(FeatureGraph.Grid(8, 8)))
            {
                var laplacian = FeatureGraph.Grid(8, 8).Laplacian(kind);
                foreach (var type in new[] { torch.float32, torch.float64 })
                {
                    var ours = Activator.CreateInstance(product.GetType(), laplacian.SymmetricPart);
                    var penalty = new GraphPenalty(laplacian, PenaltyForm.RayleighQuotient, (QuadraticProduct)ours!);
                    var (value, _, gradient) = PenaltyCases.Run(penalty, z, type, [18, 64], 1);
                    var oracle = PenaltyOracle.Evaluate(laplacian.Graph, kind, PenaltyForm.RayleighQuotient, z, 18, 1);
                    Assert.Equal(oracle.Value, value, 1e-5);
                    Assert.All(gradient.Skip(64).Take(64), g => Assert.Equal(0, g));
                    PenaltyCases.Near(oracle.Gradient, gradient, 5e-6);
                }
            }
        }
    }

    [Fact]
    public void Backward_twice_adds_the_gradient_twice_and_leaves_the_kept_one_whole()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var (_, penalty) in Penalties(FeatureGraph.Ring(20)))
        {
            var z = PenaltyCases.Values(4 * 20, 6);
            var once = PenaltyCases.Run(penalty, z, torch.float64, [4, 20], 1).Gradient;
            var leaf = PenaltyCases.Tensor(z, torch.float64, 4, 20).requires_grad_();
            var term = penalty.Evaluate(leaf).Term;
            term.backward(retain_graph: true);
            term.backward(retain_graph: true);
            PenaltyCases.Near([.. once.Select(g => 2 * g)], PenaltyCases.ToArray(leaf.grad!), 1e-15);
            term.backward();
            PenaltyCases.Near([.. once.Select(g => 3 * g)], PenaltyCases.ToArray(leaf.grad!), 1e-15);
        }
    }

    [Fact]
    public void Two_penalties_on_one_tensor_add()
    {
        using var scope = torch.NewDisposeScope();
        var z = PenaltyCases.Values(4 * 20, 7);
        var (a, b) = (
            new GraphPenalty(FeatureGraph.Ring(20).Laplacian()), new GraphPenalty(FeatureGraph.Star(20).Laplacian()));
        var leaf = PenaltyCases.Tensor(z, torch.float64, 4, 20).requires_grad_();
        (a.Evaluate(leaf, 0.5).Term + b.Evaluate(leaf, 2).Term + (leaf * leaf).sum()).backward();
        var first = PenaltyOracle.Evaluate(a.Laplacian.Graph, LaplacianKind.Combinatorial, a.Form, z, 4, 0.5).Gradient;
        var second = PenaltyOracle.Evaluate(b.Laplacian.Graph, LaplacianKind.Combinatorial, b.Form, z, 4, 2).Gradient;
        PenaltyCases.Near(
            [.. z.Select((v, i) => first[i] + second[i] + (2 * v))], PenaltyCases.ToArray(leaf.grad!), 1e-13);
    }

    [Fact]
    public void NaN_in_an_example_shows_in_value_and_gradient()
    {
        foreach (var (_, penalty) in Penalties(FeatureGraph.Grid(8, 8)))
        {
            var z = PenaltyCases.Values(2 * 64, 8);
            z[70] = double.NaN;
            var (value, _, gradient) = PenaltyCases.Run(penalty, z, torch.float32, [2, 64], 1);
            Assert.True(double.IsNaN(value));
            Assert.True(double.IsNaN(gradient[71]));
            Assert.True(double.IsFinite(gradient[7]));
        }
    }

    [Fact]
    public void Without_gradients_only_the_value_is_given()
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var (term, value) = new GraphPenalty(FeatureGraph.Path(3).Laplacian())
            .Evaluate(torch.tensor(new[] { 1f, 2f, 4f }));
        Assert.Equal(5, value);
        Assert.Equal(5, term.ToDouble());
        Assert.False(term.requires_grad);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var scope = torch.NewDisposeScope();
        var penalty = new GraphPenalty(FeatureGraph.Grid(8, 8).Laplacian());
        Assert.Throws<ArgumentException>("activations", () => penalty.Evaluate(torch.zeros(4, 32)));
        Assert.Throws<ArgumentException>("activations", () => penalty.Evaluate(torch.zeros(64, 1)));
        Assert.Throws<ArgumentException>("activations", () => penalty.Evaluate(torch.tensor(1f)));
        Assert.Throws<ArgumentException>("activations", () => penalty.Evaluate(torch.zeros(0, 64)));
        Assert.Throws<ArgumentException>("activations", () => penalty.Evaluate(torch.zeros(4, 64, dtype: torch.int64)));
        Assert.Throws<ArgumentException>(
            "activations", () => penalty.Evaluate(torch.zeros(4, 64, dtype: torch.float16)));
        Assert.Throws<ArgumentOutOfRangeException>("weight", () => penalty.Evaluate(torch.zeros(4, 64), -1));
        Assert.Throws<ArgumentOutOfRangeException>("weight", () => penalty.Evaluate(torch.zeros(4, 64), double.NaN));
    }

    [Fact]
    public void Prints_form_and_laplacian()
    {
        var laplacian = FeatureGraph.Grid(8, 8).Laplacian();
        Assert.Equal(
            "zᵀLz, combinatorial Laplacian of grid 8x8, 64 nodes, 112 edges", new GraphPenalty(laplacian).ToString());
        Assert.StartsWith("zᵀLz / zᵀz, ", new GraphPenalty(laplacian, PenaltyForm.RayleighQuotient).ToString());
    }

    private static IEnumerable<(QuadraticProduct Product, GraphPenalty Penalty)> Penalties(FeatureGraph graph) =>
        PenaltyCases.Products(graph.Laplacian().SymmetricPart)
            .Select(p => (p, new GraphPenalty(graph.Laplacian(), PenaltyForm.QuadraticForm, p)));

    private static void Check(
        Laplacian laplacian, QuadraticProduct product, PenaltyForm form, torch.ScalarType type, int batch,
        double weight, double tolerance)
    {
        var n = laplacian.NodeCount;
        var z = PenaltyCases.Values(batch * n, (31 * batch) + n);
        var expected = PenaltyOracle.Evaluate(laplacian.Graph, laplacian.Kind, form, z, batch, weight);
        var actual = PenaltyCases.Run(new GraphPenalty(laplacian, form, product), z, type, [batch, n], weight);
        PenaltyCases.Near([expected.Value], [actual.Value], 4 * tolerance);
        PenaltyCases.Near([weight * expected.Value], [actual.Term], 4 * tolerance);
        PenaltyCases.Near(expected.Gradient, actual.Gradient, 4 * tolerance);
    }
}
