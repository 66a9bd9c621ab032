using Gsr.Graphs;
using Gsr.Graphs.Filters;
using Gsr.Penalties;
using Gsr.Tests.Graphs;
using Gsr.Tests.Graphs.Filters;
using TorchSharp;

namespace Gsr.Tests.Penalties;

public sealed class FilterPenaltyTests
{
    private static readonly SpectralKernel[] Kernels =
        [SpectralKernel.Identity(), SpectralKernel.Power(2), SpectralKernel.HeatLoss(1.5),
            SpectralKernel.InverseHeat(0.3), SpectralKernel.OutsideBand(0.5, 1.5, 1)];

    public static TheoryData<string> GraphNames =>
        ["path 1", "path 7", "grid 5x7", "torus 4x8", "star 40", "isolated nodes", "no edges", "weighted random"];

    [Theory]
    [MemberData(nameof(GraphNames))]
    public void Value_and_gradient_are_those_of_the_matrix(string name)
    {
        var graph = PenaltyCases.Graph(name);
        foreach (var kind in new[] { LaplacianKind.Combinatorial, LaplacianKind.SymmetricNormalized })
        {
            var laplacian = graph.Laplacian(kind);
            var spectrum = laplacian.Spectrum();
            foreach (var kernel in Kernels)
            {
                var exact = GraphFilter.Exact(spectrum, kernel);
                var polynomial = GraphFilter.OfOrder(laplacian, kernel, 30);
                foreach (var form in PenaltyCases.Forms)
                {
                    foreach (var batch in new[] { 1, 7, 16, 17 })
                    {
                        Check(exact, kernel.At, form, batch);
                        Check(polynomial, polynomial.Expansion!.At, form, batch);
                    }
                }
            }

            void Check(GraphFilter filter, Func<double, double> response, PenaltyForm form, int batch)
            {
                var n = graph.NodeCount;
                var z = PenaltyCases.Values(batch * n, (31 * batch) + n);
                var (value, gradient) = Oracle(spectrum, response, form, z, batch, 0.7);
                foreach (var (type, tolerance) in new[] { (torch.float64, 1e-9), (torch.float32, 2e-4) })
                {
                    var actual = PenaltyCases.Run(new FilterPenalty(filter, form), z, type, [batch, n], 0.7);
                    // Rounding grows with g and z, and not with a result that may be 0.
                    var size = 1 + gradient.Max(Math.Abs);
                    Near.Equal(value, actual.Value, tolerance);
                    Near.Equal(0.7 * value, actual.Term, tolerance);
                    Near.Equal(gradient.Select(v => v / size), actual.Gradient.Select(v => v / size), tolerance);
                }
            }
        }
    }

    [Fact]
    public void Gradient_equals_central_differences() => GraphSample.Check(sample =>
    {
        var filter = GraphFilter.OfOrder(sample.Graph.Laplacian(), SpectralKernel.HeatLoss(0.8), 12);
        foreach (var form in PenaltyCases.Forms)
        {
            var penalty = new FilterPenalty(filter, form);
            double[] z = [.. sample.Signal, .. sample.OtherSignal];
            var gradient = PenaltyCases.Run(penalty, z, torch.float64, [2, sample.Nodes], 1).Gradient;
            Near.Equal(Differences(penalty, z, 2), gradient, 1e-4);
        }
    }, graphs: 60);

    [Fact]
    public void The_kernel_lambda_is_the_graph_penalty()
    {
        var laplacian = FeatureGraph.Grid(8, 8).Laplacian();
        var z = PenaltyCases.Values(5 * 64, 1);
        var expected = PenaltyCases.Run(new GraphPenalty(laplacian), z, torch.float64, [5, 64], 0.3);
        foreach (
            var filter in new[] {
                GraphFilter.Exact(laplacian, SpectralKernel.Identity()),
                GraphFilter.OfOrder(laplacian, SpectralKernel.Identity(), 1) })
        {
            var actual = PenaltyCases.Run(new FilterPenalty(filter), z, torch.float64, [5, 64], 0.3);
            PenaltyCases.Near([expected.Value], [actual.Value], 1e-11);
            PenaltyCases.Near(expected.Gradient, actual.Gradient, 1e-11);
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(50)]
    public void The_polynomial_by_libtorch_is_the_same(int side)
    {
        // What another device would be given: a dense matrix for 64 nodes, a sparse one for 2,500.
        var laplacian = FeatureGraph.Grid(side, side).Laplacian();
        var expansion = ChebyshevExpansion.Of(SpectralKernel.HeatLoss(2), 8, 20);
        var (ours, theirs) = (
            new ChebyshevProduct(laplacian.Matrix, expansion), new ChebyshevProduct(laplacian.Matrix, expansion)
                .MakeTorch());
        var nodes = side * side;
        using var scope = torch.NewDisposeScope();
        var z = PenaltyCases.Tensor(PenaltyCases.Values(9 * nodes, 2), torch.float64, 9, nodes);
        foreach (var form in PenaltyCases.Forms)
        {
            var (a, b) = (torch.empty_like(z), torch.empty_like(z));
            Near.Equal(ours.Evaluate(z, a, form, 0.4), theirs.Evaluate(z, b, form, 0.4), 1e-11);
            PenaltyCases.Near(PenaltyCases.ToArray(a), PenaltyCases.ToArray(b), 1e-11);
        }
    }

    [Fact]
    public void Ten_thousand_nodes_need_no_eigenvectors()
    {
        var graph = FeatureGraph.Grid(100, 100);
        double[] x = [
            .. Enumerable.Range(0, 10_000)
                .Select(i => (double)(float)Math.Cos(Math.PI * 30 * ((i % 100) + 0.5) / 100))];
        var lambda = 4 * Math.Pow(Math.Sin(Math.PI * 30 / 200), 2);
        var penalty = new FilterPenalty(GraphFilter.Chebyshev(graph.Laplacian(), SpectralKernel.HeatLoss(2), 1e-8));
        var (value, _, gradient) = PenaltyCases.Run(penalty, x, torch.float64, [1, 10_000], 1);
        var factor = 1 - Math.Exp(-2 * lambda);
        Near.Equal(factor * x.Sum(v => v * v), value, 1e-6);
        PenaltyCases.Near([.. x.Select(v => 2 * factor * v)], gradient, 1e-6);
    }

    [Fact]
    public void Kernels_that_reward_growth_and_matrices_that_do_not_fit_are_refused()
    {
        var ring = FeatureGraph.Ring(20).Laplacian();
        var negative = SpectralKernel.Of("1 - λ", x => 1 - x);
        Assert.Throws<ArgumentException>("filter", () => new FilterPenalty(GraphFilter.Exact(ring, negative)));
        var penalty = new FilterPenalty(GraphFilter.Exact(ring, SpectralKernel.Power(2)));
        Assert.StartsWith("zᵀg(L)z, λ² of combinatorial", penalty.ToString());
        using var z = torch.zeros(4, 19);
        Assert.Throws<ArgumentException>("activations", () => penalty.Evaluate(z));
        Assert.Throws<ArgumentOutOfRangeException>(() => penalty.Evaluate(z, double.NaN));
    }

    private static double[] Differences(IActivationPenalty penalty, double[] z, int batch)
    {
        const double H = 1e-5;
        double[] moved = [.. z];
        var slopes = new double[z.Length];
        for (var i = 0; i < z.Length; i++)
        {
            moved[i] = z[i] + H;
            var above = Value();
            moved[i] = z[i] - H;
            slopes[i] = (above - Value()) / (2 * H);
            moved[i] = z[i];
        }

        return slopes;

        double Value()
        {
            using var scope = torch.NewDisposeScope();
            return penalty.Evaluate(PenaltyCases.Tensor(moved, torch.float64, batch, z.Length / batch), 1).Value;
        }
    }

    private static (double Value, double[] Gradient) Oracle(
        GraphSpectrum spectrum, Func<double, double> response, PenaltyForm form, double[] z, int batch, double weight)
    {
        var n = z.Length / batch;
        double total = 0;
        var gradient = new double[z.Length];
        for (var b = 0; b < batch; b++)
        {
            double[] x = z[(b * n)..((b + 1) * n)], y = MatrixFunctions.Filtered(spectrum, response, x);
            double value = x.Zip(y, (p, q) => p * q).Sum(), energy = form == PenaltyForm.QuadraticForm ? 1
                : x.Sum(v => v * v);
            var pull = form == PenaltyForm.QuadraticForm ? 0 : value / energy;
            for (var i = 0; i < n; i++) gradient[(b * n) + i] = 2 * weight / batch * (y[i] - (pull * x[i])) / energy;
            total += value / energy / batch;
        }

        return (total, gradient);
    }
}

[Collection(Alone.Name)]
public sealed class FilterResourceTests
{
    [Fact]
    public void Evaluations_leave_no_tensor()
    {
        var grid = FeatureGraph.Grid(8, 8).Laplacian();
        IActivationPenalty[] penalties =
        [
            new FilterPenalty(GraphFilter.Exact(grid, SpectralKernel.HeatLoss(1))),
            new FilterPenalty(GraphFilter.OfOrder(grid, SpectralKernel.HeatLoss(1), 9)),
        ];
        using var z = torch.randn(32, 64).requires_grad_();
        foreach (var penalty in penalties)
        {
            Assert.Equal(0, Alone.Growth(200, () => penalty.Evaluate(z, 0.1).Term.Dispose()));
            Assert.Equal(0, Alone.Growth(200, () =>
            {
                using var scope = torch.NewDisposeScope();
                penalty.Evaluate(z, 0.1).Term.backward();
            }));
        }
    }

    [Fact]
    public void One_thread_and_two_give_the_same_bits()
    {
        var grid = FeatureGraph.Grid(60, 60).Laplacian();
        var penalty = new FilterPenalty(GraphFilter.OfOrder(grid, SpectralKernel.HeatLoss(2), 15));
        var z = PenaltyCases.Values(40 * 3600, 4);
        var (one, two) = (Alone.WithThreads(1, Run), Alone.WithThreads(2, Run));
        Assert.Equal(one.Value, two.Value);
        Assert.Equal(one.Gradient, two.Gradient);

        (double Value, double Term, double[] Gradient) Run() =>
            PenaltyCases.Run(penalty, z, torch.float32, [40, 3600], 1);
    }
}
