using Gsr.Graphs;
using Gsr.Graphs.Filters;

namespace Gsr.Tests.Graphs.Filters;

public sealed class FilterTests
{
    private static readonly LaplacianKind[] Symmetric = [
        LaplacianKind.Combinatorial, LaplacianKind.SymmetricNormalized];

    private static readonly SpectralKernel[] Kernels =
    [
        SpectralKernel.Identity(), SpectralKernel.Power(2), SpectralKernel.Power(3.5), SpectralKernel.Heat(0.7),
            SpectralKernel.HeatLoss(2),
        SpectralKernel.InverseHeat(0.4), SpectralKernel.Band(0.5, 1.5, 1), SpectralKernel.OutsideBand(0, 1, 0.8),
    ];

    [Fact]
    public void Exact_filters_equal_functions_of_the_matrix() => GraphSample.Check(sample =>
    {
        foreach (var kind in Symmetric)
        {
            var laplacian = sample.Graph.Laplacian(kind);
            double[,] l = laplacian.ToDense(), one = MatrixFunctions.Identity(sample.Nodes);
            Check(SpectralKernel.Identity(), l);
            Check(SpectralKernel.Power(2), MatrixFunctions.Times(l, l));
            Check(SpectralKernel.Heat(0.7), MatrixFunctions.Exponential(l, -0.7));
            Check(SpectralKernel.HeatLoss(0.7), MatrixFunctions.Plus(one, -1, MatrixFunctions.Exponential(l, -0.7)));
            Check(SpectralKernel.InverseHeat(0.2), MatrixFunctions.Exponential(l, 0.2));
            Check(SpectralKernel.Heat(0.5).Scaled(1.4), MatrixFunctions.Exponential(l, -0.7));

            void Check(SpectralKernel kernel, double[,] oracle)
            {
                var filter = GraphFilter.Exact(laplacian, kernel);
                var expected = MatrixFunctions.Times(oracle, sample.Signal);
                var size = expected.Max(Math.Abs) + 1;
                Near.Equal(expected.Select(v => v / size), filter.Apply(sample.Signal).Select(v => v / size), 1e-8);
                Near.Equal(
                    sample.Signal.Zip(expected, (a, b) => a * b).Sum(), filter.QuadraticForm(sample.Signal), 1e-7);
            }
        }
    });

    [Fact]
    public void Polynomials_are_as_near_to_the_exact_filter_as_they_say() => GraphSample.Check(sample =>
    {
        foreach (var kind in Symmetric)
        {
            var laplacian = sample.Graph.Laplacian(kind);
            var spectrum = laplacian.Spectrum();
            var energy = sample.Signal.Sum(v => v * v);
            foreach (var kernel in Kernels)
            {
                var filter = GraphFilter.OfOrder(laplacian, kernel, 24);
                double[] expected = MatrixFunctions.Filtered(spectrum, kernel.At, sample.Signal),
                    actual = filter.Apply(sample.Signal);
                var off = Math.Sqrt(expected.Zip(actual, (a, b) => (a - b) * (a - b)).Sum());
                var scale = kernel.At(filter.Expansion!.Upper) + 1;
                Assert.True(
                    off <= (1.02 * filter.Expansion.Error * Math.Sqrt(energy)) + (1e-10 * scale),
                    $"{filter}: {off} of {filter.Expansion}");
            }
        }
    }, graphs: 60);

    [Fact]
    public void The_largest_eigenvalue_lies_between_its_bounds() => GraphSample.Check(sample =>
    {
        foreach (var kind in Symmetric)
        {
            var laplacian = sample.Graph.Laplacian(kind);
            var largest = laplacian.Spectrum().Eigenvalues[^1];
            var few = SpectralBound.Of(laplacian, steps: 3);
            var all = SpectralBound.Of(laplacian);
            Assert.InRange(largest, few.Lower - 1e-9, (few.Upper * (1 + 1e-12)) + 1e-9);
            Near.Equal(largest, all.Lower, 1e-7);
            Assert.True(few.Upper <= (2 * largest) + 1e-9);
        }
    });

    [Fact]
    public void Lanczos_is_near_after_forty_steps_on_four_thousand_nodes()
    {
        // The largest eigenvalue of a path is 4 sin²(π(n-1)/2n), crowded by others: the hard case.
        var bound = SpectralBound.Of(FeatureGraph.Path(4000).Laplacian());
        Assert.InRange(bound.Lower, 3.98, 4);
        Assert.Equal(4, bound.Upper);
        Assert.Equal(default, SpectralBound.Of(FeatureGraph.FromEdges(3, []).Laplacian()));
        Assert.Equal(40, SpectralBound.Of(FeatureGraph.Star(40).Laplacian()).Upper);
    }

    [Fact]
    public void An_expansion_of_a_polynomial_is_the_polynomial()
    {
        var cubic = SpectralKernel.Of("cubic", x => 1 - (2 * x) + (0.5 * x * x * x));
        var expansion = ChebyshevExpansion.Of(cubic, 6, 3);
        Assert.True(expansion.Error < 1e-12);
        for (double x = 0; x <= 6; x += 0.3)
        {
            Near.Equal(cubic.At(x), expansion.At(x), 1e-12);
            var sum = expansion.Coefficients.Select(
                (c, k) => c * Math.Cos(k * Math.Acos(Math.Clamp((x / 3) - 1, -1, 1)))).Sum();
            Near.Equal(sum, expansion.At(x), 1e-12);
        }
        Assert.True(ChebyshevExpansion.Of(cubic, 6, 2).Error > 1);
    }

    [Fact]
    public void A_tolerance_is_met_with_a_degree_that_grows_with_it()
    {
        var heat = SpectralKernel.Heat(2);
        var (rough, fine) = (
            ChebyshevExpansion.ToTolerance(heat, 8, 1e-3), ChebyshevExpansion.ToTolerance(heat, 8, 1e-10));
        Assert.True(rough.Error <= 1e-3 && fine.Error <= 1e-10);
        Assert.True(rough.Order < fine.Order && fine.Order < 60, $"{rough}, {fine}");
        Assert.StartsWith("Chebyshev expansion of e^(-2λ) on [0, 8], order ", rough.ToString());
    }

    [Fact]
    public void A_grid_of_ten_thousand_nodes_needs_no_eigenvectors()
    {
        var graph = FeatureGraph.Grid(100, 100);
        // The cosines of a path's DCT, multiplied, are a grid's eigenvectors.
        double[] x = [
            .. Enumerable.Range(0, 10_000)
                .Select(i =>
                Math.Cos(Math.PI * 3 * ((i / 100) + 0.5) / 100) * Math.Cos(Math.PI * 40 * ((i % 100) + 0.5) / 100))];
        var lambda = (4 * Math.Pow(Math.Sin(Math.PI * 3 / 200), 2))
            + (4 * Math.Pow(Math.Sin(Math.PI * 40 / 200), 2));
        foreach (var kernel in Kernels)
        {
            if (kernel.Name.Contains("band", StringComparison.Ordinal)
                || kernel.Name.Contains("outside", StringComparison.Ordinal)) continue;
            var filter = GraphFilter.Chebyshev(graph.Laplacian(), kernel, 1e-7);
            Near.Equal(x.Select(v => kernel.At(lambda) * v), filter.Apply(x), 2e-7);
        }
    }

    [Fact]
    public void Kernels_have_the_values_of_their_formulas()
    {
        Assert.Equal(3, SpectralKernel.Identity().At(3));
        Assert.Equal(9, SpectralKernel.Power(2).At(3), 1e-12);
        Assert.Equal(Math.Exp(-6), SpectralKernel.Heat(2).At(3), 1e-12);
        Assert.Equal(1 - Math.Exp(-6), SpectralKernel.HeatLoss(2).At(3), 1e-12);
        Assert.Equal(Math.Exp(6), SpectralKernel.InverseHeat(2).At(3), 1e-9);
        Assert.Equal(Math.Exp(-6), SpectralKernel.Heat(1).Scaled(2).At(3), 1e-12);
        var band = SpectralKernel.Band(1, 2, 0.5);
        Assert.Equal([0, 0, 0.5, 1, 1, 1, 0.5, 0], new[] { 0, 0.5, 0.75, 1, 1.5, 2, 2.25, 2.5 }
            .Select(x => Math.Round(band.At(x), 12)));
        Assert.Equal(0.5, SpectralKernel.OutsideBand(1, 2, 0.5).At(0.75), 1e-12);
        Assert.Equal([0, 1, 1, 0], new[] { 0.999, 1, 2, 2.001 }.Select(SpectralKernel.Band(1, 2, 0).At));
        Assert.Equal("1 - e^(-2λ)", SpectralKernel.HeatLoss(2).ToString());
    }

    [Fact]
    public void Filters_print_what_they_are_and_refuse_what_cannot_be()
    {
        var ring = FeatureGraph.Ring(20).Laplacian();
        Assert.Equal($"λ² of {ring}", GraphFilter.Exact(ring, SpectralKernel.Power(2)).ToString());
        Assert.Equal($"λ² of {ring} by a polynomial of order 2", GraphFilter.OfOrder(ring, SpectralKernel.Power(2), 2)
            .ToString());
        Assert.Throws<ArgumentException>("laplacian", () =>
            GraphFilter.Exact(FeatureGraph.Ring(20).Laplacian(LaplacianKind.RandomWalk), SpectralKernel.Identity()));
        Assert.Throws<ArgumentException>("laplacian", () => GraphFilter.OfOrder(
            FeatureGraph.Ring(20).Laplacian(LaplacianKind.RandomWalk), SpectralKernel.Identity(), 3));
        Assert.Throws<ArgumentException>(
            "laplacian", () => SpectralBound.Of(FeatureGraph.Ring(20).Laplacian(LaplacianKind.RandomWalk)));
        Assert.Throws<ArgumentException>(
            "x", () => GraphFilter.Exact(ring, SpectralKernel.Identity()).Apply(new double[19]));
        Assert.Throws<ArgumentException>(
            "tolerance", () => GraphFilter.Chebyshev(ring, SpectralKernel.Band(1, 2, 0), 1e-3, 100));
        Assert.Throws<ArgumentException>(
            "lambda", () => GraphFilter.OfOrder(ring, SpectralKernel.Of("bad", _ => double.NaN), 3));
        Assert.Throws<ArgumentOutOfRangeException>("time", () => SpectralKernel.Heat(-1));
        Assert.Throws<ArgumentOutOfRangeException>("high", () => SpectralKernel.Band(2, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(
            "tolerance", () => GraphFilter.Chebyshev(ring, SpectralKernel.Heat(1), 0));
    }

    [Fact]
    public void The_transform_of_a_batch_keeps_the_energy() => GraphSample.Check(sample =>
    {
        var batch = new double[2, sample.Nodes];
        for (var i = 0; i < sample.Nodes; i++) (batch[0, i], batch[1, i]) = (sample.Signal[i], sample.OtherSignal[i]);
        foreach (var kind in Symmetric)
        {
            var laplacian = sample.Graph.Laplacian(kind);
            var spectrum = laplacian.Spectrum();
            var transformed = spectrum.Transform(batch);
            Near.Equal(spectrum.Transform(sample.OtherSignal), Enumerable.Range(0, sample.Nodes)
                .Select(k => transformed[1, k]), 1e-12);
            var energy = spectrum.MeanEnergy(batch);
            Near.Equal(batch.Cast<double>().Sum(v => v * v) / 2, energy.Sum());
            var form = (laplacian.QuadraticForm(sample.Signal) + laplacian.QuadraticForm(sample.OtherSignal)) / 2;
            Near.Equal(form, energy.Zip(spectrum.Eigenvalues, (e, lambda) => e * lambda).Sum(), 1e-8);
        }
        Assert.ThrowsAny<ArgumentException>(
            () => sample.Graph.Laplacian().Spectrum().Transform(new double[2, sample.Nodes + 1]));
    });
}
