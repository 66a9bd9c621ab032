using Gsr.Experiments.SpectralFilters;
using Gsr.Graphs;
using Gsr.Graphs.Filters;
using Gsr.Tests.Graphs;
using Gsr.Tests.Graphs.Filters;
using MathNet.Numerics.LinearAlgebra;

namespace Gsr.Tests.Experiments.SpectralFilters;

public sealed class WaveletTests
{
    private static readonly Func<double, FilterBank>[] Families =
        [upper => FilterBank.AbSpline(upper), upper => FilterBank.MexicanHat(upper, 5),
            upper => FilterBank.Meyer(upper, 3), upper => FilterBank.Meyer(upper, 1)];

    [Fact]
    public void Abspline_has_the_values_of_the_paper()
    {
        Assert.Equal([0, 0.25, 1, 1.375, 1, 0.25], new[] { 0, 0.5, 1, 1.5, 2, 4 }.Select(FilterBank.AbSplineValue));
        // The spline meets both powers with their slopes.
        foreach (var x in new[] { 1.0, 2.0 })
        {
            double left = (FilterBank.AbSplineValue(x) - FilterBank.AbSplineValue(x - 1e-6)) / 1e-6,
                right = (FilterBank.AbSplineValue(x + 1e-6) - FilterBank.AbSplineValue(x)) / 1e-6;
            Assert.Equal(left, right, 1e-4);
        }
        var bank = FilterBank.AbSpline(10, 4);
        Assert.Equal(5, bank.Kernels.Count);
        // λmin = 10 / 20: from 2 / 0.5 to 1 / 10, in equal ratios.
        Near.Equal(Enumerable.Range(0, 4).Select(j => 4 * Math.Pow(40, -j / 3.0)), bank.Scales, 1e-12);
        var highest = Enumerable.Range(0, 100_001).Max(i => FilterBank.AbSplineValue(i / 20_000.0));
        Assert.Equal(highest, bank.Kernels[0].At(0), 1e-8);
        Assert.Equal(highest / Math.E, bank.Kernels[0].At(0.3), 1e-8);
        Assert.Equal("abspline wavelets, 4 scales on [0, 10]", bank.ToString());
    }

    [Fact]
    public void The_finest_kernel_rises_to_the_end_and_the_coarsest_falls_from_the_low_pass_on()
    {
        var bank = FilterBank.AbSpline(8, 6);
        for (var x = 0.05; x <= 8; x += 0.05)
        {
            Assert.True(bank.Kernels[6].At(x) > bank.Kernels[6].At(x - 0.05));
            if (x > 0.4 + 0.05) Assert.True(bank.Kernels[1].At(x) < bank.Kernels[1].At(x - 0.05));
        }
        var hat = FilterBank.MexicanHat(8, 2).Kernels[1];
        Assert.Equal(5 * Math.Exp(-5), hat.At(1), 1e-12);
    }

    [Fact]
    public void Meyer_kernels_sum_to_one_everywhere()
    {
        for (var scales = 1; scales <= 6; scales++)
        {
            var bank = FilterBank.Meyer(7.3, scales);
            for (var i = 0; i <= 5000; i++) Assert.Equal(1, bank.FrameSum(7.3 * i / 5000), 1e-12);
        }
    }

    [Fact]
    public void Coefficients_are_the_sums_of_the_definition_and_the_frame_bounds_hold() => GraphSample.Check(sample =>
    {
        foreach (var kind in new[] { LaplacianKind.Combinatorial, LaplacianKind.SymmetricNormalized })
        {
            var spectrum = sample.Graph.Laplacian(kind).Spectrum();
            foreach (var family in Families)
            {
                var bank = family(Math.Max(1, spectrum.Eigenvalues[^1]));
                var wavelets = GraphWavelets.Exact(spectrum, bank);
                var coefficients = wavelets.Analyse(sample.Signal);
                for (var j = 0; j < bank.Kernels.Count; j++)
                {
                    Near.Equal(
                        MatrixFunctions.Filtered(spectrum, bank.Kernels[j].At, sample.Signal), coefficients[j], 1e-9);
                }
                var (a, b) = bank.FrameBounds(spectrum);
                double energy = sample.Signal.Sum(v => v * v), frame = coefficients.Sum(row => row.Sum(v => v * v));
                Assert.True(
                    a > 0 && frame >= (a * energy) - 1e-8 && frame <= (b * energy) + 1e-8, $"{a} {frame / energy} {b}");
                Near.Equal(sample.Signal, wavelets.Synthesise(coefficients).Signal, 1e-7);
                if (bank.Name != "Meyer") continue;
                Near.Equal(energy, frame, 1e-9);
                Near.Equal(sample.Signal, wavelets.Adjoint(coefficients), 1e-9);
            }
        }
    });

    [Fact]
    public void Polynomials_equal_the_eigen_decomposition_up_to_their_error() => GraphSample.Check(sample =>
    {
        var laplacian = sample.Graph.Laplacian();
        var upper = Math.Max(1, SpectralBound.Of(laplacian).Upper);
        foreach (var family in Families)
        {
            var exact = GraphWavelets.Exact(laplacian.Spectrum(), family(upper));
            var polynomial = GraphWavelets.Chebyshev(laplacian, family(upper), 60);
            double[][] expected = exact.Analyse(sample.Signal), actual = polynomial.Analyse(sample.Signal);
            var size = Math.Sqrt(sample.Signal.Sum(v => v * v));
            for (var j = 0; j < expected.Length; j++)
            {
                var off = Math.Sqrt(expected[j].Zip(actual[j], (a, b) => (a - b) * (a - b)).Sum());
                Assert.True(
                    off <= (1.02 * polynomial.Expansions![j].Error * size) + 1e-9,
                    $"{polynomial.Expansions[j]}: {off / size}");
            }
            // ⟨Wx, c⟩ = ⟨x, W*c⟩ holds to rounding, for the polynomials are one operator and its transpose.
            double[][] c = [.. expected.Select((row, j) => row.Select((v, i) => Math.Sin((7 * j) + i)).ToArray())];
            var left = actual.Zip(c, (p, q) => p.Zip(q, (a, b) => a * b).Sum()).Sum();
            Near.Equal(left, sample.Signal.Zip(polynomial.Adjoint(c), (a, b) => a * b).Sum(), 1e-9);
            Near.Equal(sample.Signal, polynomial.Synthesise(actual).Signal, 1e-7);
        }
    }, graphs: 60);

    [Fact]
    public void Synthesis_is_the_pseudo_inverse()
    {
        var laplacian = FeatureGraph.Wishbone(6).Laplacian();
        var wavelets = GraphWavelets.Exact(
            laplacian.Spectrum(), FilterBank.AbSpline(SpectralBound.Of(laplacian).Upper, 3));
        int n = laplacian.NodeCount, rows = wavelets.KernelCount * n;
        var atoms = Matrix<double>.Build.Dense(rows, n);
        for (var j = 0; j < wavelets.KernelCount; j++)
            for (var i = 0; i < n; i++) atoms.SetRow((j * n) + i, wavelets.Atom(j, i));
        var random = new Random(3);
        // Not the coefficients of any signal.
        double[][] c = [
            .. Enumerable.Range(0, wavelets.KernelCount)
                .Select(_ => Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.5).ToArray())];
        var expected = atoms.PseudoInverse() * Vector<double>.Build.Dense([.. c.SelectMany(row => row)]);
        var (signal, steps) = wavelets.Synthesise(c);
        Near.Equal(expected, signal, 1e-9);
        Assert.InRange(steps, 2, n + 2);
        Assert.Equal(
            1, GraphWavelets.Exact(laplacian.Spectrum(), FilterBank.Meyer(9, 3)).Synthesise([.. c.Take(4)]).Steps);
    }

    [Fact]
    public void Atoms_are_bumps_about_their_node_on_ten_thousand_nodes_too()
    {
        var ring = FeatureGraph.Ring(10_000).Laplacian();
        var wavelets = GraphWavelets.Chebyshev(ring, FilterBank.MexicanHat(4, 3), 40);
        for (var kernel = 1; kernel <= 3; kernel++)
        {
            var atom = wavelets.Atom(kernel, 5000);
            Assert.Equal(5000, Array.IndexOf(atom, atom.Max()));
            Near.Equal(atom[4990], atom[5010], 1e-12);
            // A polynomial of degree 40 reaches 40 neighbours and no further.
            Assert.Equal(0, atom[4959]);
            Assert.NotEqual(0, atom[4960]);
        }
    }

    [Fact]
    public void Heat_atoms_are_rows_of_the_random_walk()
    {
        var graph = FeatureGraph.KrackhardtKite();
        var walk = graph.ToAdjacency();
        for (var i = 0; i < 10; i++)
        {
            walk[i, i] = 1;
            var sum = Enumerable.Range(0, 10).Sum(j => walk[i, j]);
            for (var j = 0; j < 10; j++) walk[i, j] /= sum;
        }
        double[,] cubed = MatrixFunctions.Times(walk, MatrixFunctions.Times(walk, walk)),
            atoms = LocalisedAtoms.Heat(graph, 3);
        Assert.Equal((3, 10), (atoms.GetLength(0), atoms.GetLength(1)));
        for (var a = 0; a < 3; a++)
        {
            for (var i = 0; i < 10; i++) Near.Equal(cubed[4 * a, i], atoms[a, i], 1e-12);
            Near.Equal(1, Enumerable.Range(0, 10).Sum(i => atoms[a, i]), 1e-12);
        }
        Assert.Equal(1, LocalisedAtoms.Heat(graph, 0, 3)[1, 3]);
    }

    [Fact]
    public void Wavelet_atoms_peak_with_one_at_their_node_and_absent_bands_are_refused()
    {
        var spectrum = FeatureGraph.Ring(20).Laplacian().Spectrum();
        var atoms = LocalisedAtoms.Wavelets(GraphWavelets.Exact(spectrum, FilterBank.MexicanHat(4)), 1);
        Assert.Equal(5, atoms.GetLength(0));
        for (var a = 0; a < 5; a++) Assert.Equal(1, atoms[a, 4 * a], 1e-12);
        var none = GraphWavelets.Exact(FeatureGraph.FromEdges(3, []).Laplacian().Spectrum(), FilterBank.Meyer(1));
        Assert.Throws<ArgumentException>(() => LocalisedAtoms.Wavelets(none, 2));
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        var spectrum = FeatureGraph.Ring(20).Laplacian().Spectrum();
        Assert.Throws<ArgumentException>("spectrum", () => GraphWavelets.Exact(spectrum, FilterBank.Meyer(3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => FilterBank.Meyer(0));
        Assert.Throws<ArgumentException>(() => FilterBank.AbSpline(4, 0));
        var wavelets = GraphWavelets.Exact(spectrum, FilterBank.Meyer(4));
        Assert.Throws<ArgumentException>(() => wavelets.Analyse(new double[3]));
        Assert.Throws<ArgumentException>(() => wavelets.Adjoint([new double[20]]));
        Assert.Throws<InvalidOperationException>(() => GraphWavelets.Exact(spectrum, FilterBank.AbSpline(4))
            .Synthesise(wavelets.Analyse([.. Enumerable.Range(0, 20).Select(i => Math.Sin(i * i))]), 1e-15, 1));
    }
}
