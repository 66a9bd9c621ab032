using Gsr.Graphs;
using Gsr.Tests.Golden;
using MathNet.Numerics.LinearAlgebra;

namespace Gsr.Tests.Graphs;

public class SpectrumTests
{
    public static TheoryData<FeatureGraph, double[]> ClosedForms => new()
    {
        { FeatureGraph.Path(1), [0] },
        { FeatureGraph.Path(9), PathValues(9) },
        { FeatureGraph.Ring(9), RingValues(9) },
        { FeatureGraph.Ring(12), RingValues(12) },
        { FeatureGraph.Grid(5, 7), Sums(PathValues(5), PathValues(7)) },
        { FeatureGraph.Grid(10, 10), Sums(PathValues(10), PathValues(10)) },
        { FeatureGraph.Torus(3, 8), Sums(RingValues(3), RingValues(8)) },
        { FeatureGraph.Star(2), [0, 2] },
        { FeatureGraph.Star(9), [0, .. Enumerable.Repeat(1.0, 7), 9] },
        { FeatureGraph.Complete(6), [0, .. Enumerable.Repeat(6.0, 5)] },
        { FeatureGraph.BinaryTree(1), TreeValues(1) },
        { FeatureGraph.BinaryTree(2), TreeValues(2) },
        { FeatureGraph.BinaryTree(5), TreeValues(5) },
        { FeatureGraph.Wishbone(6), [.. PathValues(6), .. WishboneOddValues(6, 3)] },
        { FeatureGraph.Path(4).Copies(3), [.. PathValues(4), .. PathValues(4), .. PathValues(4)] },
    };

    [Theory]
    [MemberData(nameof(ClosedForms), DisableDiscoveryEnumeration = true)]
    public void Eigenvalues_are_those_of_the_closed_form(FeatureGraph graph, double[] expected) =>
        Near.Equal(expected.Order(), graph.Laplacian().Spectrum().Eigenvalues, 1e-12);

    public static TheoryData<FeatureGraph, double[]> LargeClosedForms => new()
    {
        { FeatureGraph.Path(200), PathValues(200) },
        { FeatureGraph.Grid(12, 17), Sums(PathValues(12), PathValues(17)) },
        { FeatureGraph.Torus(25, 25), Sums(RingValues(25), RingValues(25)) },
        { FeatureGraph.Star(300), [0, .. Enumerable.Repeat(1.0, 298), 300] },
        // Four components: every eigenvalue four times, and those of unequal frequencies eight times.
        { FeatureGraph.Grid(15, 15).Copies(4), [.. Enumerable.Repeat(Sums(PathValues(15), PathValues(15)), 4)
            .SelectMany(values => values)] },
    };

    [Theory]
    [MemberData(nameof(LargeClosedForms), DisableDiscoveryEnumeration = true)]
    public void Large_graphs_have_those_of_the_closed_form(FeatureGraph graph, double[] expected)
    {
        expected = [.. expected.Order()];
        var laplacian = graph.Laplacian();
        var whole = laplacian.Spectrum();
        Near.Equal(expected, whole.Eigenvalues, 1e-11);
        Solves(laplacian, whole);
        foreach (var highest in new[] { false, true })
        {
            var part = laplacian.Spectrum(7, highest);
            Near.Equal(highest ? expected[^7..] : expected[..7], part.Eigenvalues, 1e-8);
            Solves(laplacian, part, 1e-6);
        }
    }

    [Fact]
    public void A_part_is_the_end_of_the_whole() => GraphSample.Check(sample =>
    {
        foreach (var kind in Enum.GetValues<LaplacianKind>())
        {
            var laplacian = sample.Graph.Laplacian(kind);
            var count = Math.Min(3, sample.Nodes);
            double[] all = [.. laplacian.Spectrum().Eigenvalues];
            var (low, high) = (laplacian.Spectrum(count), laplacian.Spectrum(count, highest: true));
            Near.Equal(all[..count], low.Eigenvalues);
            Near.Equal(all[^count..], high.Eigenvalues);
            // What is left out of a projection is orthogonal to it.
            var projected = low.Inverse(low.Transform(sample.Signal));
            Near.Equal(low.Transform(sample.Signal), low.Transform(projected));
            Assert.Equal(count, low.MeanEnergy(new double[1, sample.Nodes]).Length);
        }
    }, graphs: 100);

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void A_part_has_as_many_as_there_are(int count)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => FeatureGraph.Path(5).Laplacian().Spectrum(count));
        Assert.Equal("count", error.ParamName);
    }

    private static void Solves(Laplacian laplacian, GraphSpectrum spectrum, double tolerance = 1e-9)
    {
        var u = spectrum.Eigenvectors();
        for (var k = 0; k < spectrum.Eigenvalues.Count; k++)
        {
            double[] vector = [.. Enumerable.Range(0, laplacian.NodeCount).Select(i => u[i, k])];
            Near.Equal(vector.Select(v => spectrum.Eigenvalues[k] * v), laplacian.Apply(vector), tolerance);
            Near.Equal(Enumerable.Range(0, spectrum.Eigenvalues.Count).Select(j => j == k ? 1.0 : 0.0),
                spectrum.Transform(vector), tolerance);
        }
    }

    [Fact]
    public void Golden_eigenvalues()
    {
        Near.Equal(GraphMetricsGolden.Values("ring8_eigs"), Values(FeatureGraph.Ring(8)), 1e-11);
        Near.Equal(GraphMetricsGolden.Values("ring8_closed_form"), Values(FeatureGraph.Ring(8)), 1e-11);
        Near.Equal(GraphMetricsGolden.Values("ring12_eigs"), Values(FeatureGraph.Ring(12)), 1e-11);
        Near.Equal(GraphMetricsGolden.Value("torus4x4_lmax"), Values(FeatureGraph.Torus(4, 4))[^1], 1e-12);
        Near.Equal(GraphMetricsGolden.Value("grid10x10_lambda2"), Values(FeatureGraph.Grid(10, 10))[1], 1e-12);
        Near.Equal(GraphMetricsGolden.Value("grid10x10_lambda2_closed"), Values(FeatureGraph.Grid(10, 10))[1], 1e-12);
        Near.Equal(0.3373, Values(FeatureGraph.KrackhardtKite())[1], 5e-5);
    }

    [Fact]
    public void Eigenvectors_are_orthonormal_and_solve_the_equation() => GraphSample.Check(sample =>
    {
        foreach (var kind in Enum.GetValues<LaplacianKind>())
        {
            var spectrum = sample.Graph.Laplacian(kind).Spectrum();
            Assert.Equal(spectrum.Eigenvalues.Order(), spectrum.Eigenvalues);
            var u = spectrum.Eigenvectors();
            for (var k = 0; k < sample.Nodes; k++)
            {
                double[] vector = [.. Enumerable.Range(0, sample.Nodes).Select(i => u[i, k])];
                Near.Equal(vector.Select(v => spectrum.Eigenvalues[k] * v), sample.Graph.Laplacian(kind).Apply(vector));
                Near.Equal(
                    Enumerable.Range(0, sample.Nodes).Select(j => j == k ? 1.0 : 0.0), spectrum.Transform(vector));
            }
        }
    });

    [Fact]
    public void Normalised_eigenvalues_lie_in_zero_to_two() => GraphSample.Check(sample =>
    {
        var normalised = Values(sample.Graph, LaplacianKind.SymmetricNormalized);
        Assert.All(normalised, value => Assert.InRange(value, 0, 2 + 1e-12));
        Assert.Equal(normalised, Values(sample.Graph, LaplacianKind.RandomWalk));
    });

    [Fact]
    public void Zero_eigenvalues_count_the_components() => GraphSample.Check(sample =>
        Assert.Equal(sample.Graph.ComponentCount, Values(sample.Graph).Count(value => value < 1e-9)));

    [Fact]
    public void Transform_keeps_energy_and_diagonalises_the_form() => GraphSample.Check(sample =>
    {
        foreach (var kind in Enum.GetValues<LaplacianKind>())
        {
            var spectrum = sample.Graph.Laplacian(kind).Spectrum();
            var coefficients = spectrum.Transform(sample.Signal);
            Near.Equal(sample.Signal, spectrum.Inverse(coefficients));
            if (kind == LaplacianKind.RandomWalk)
                continue;
            Near.Equal(sample.Signal.Sum(v => v * v), coefficients.Sum(v => v * v));
            Near.Equal(spectrum.Laplacian.QuadraticForm(sample.Signal),
                coefficients.Zip(spectrum.Eigenvalues, (c, value) => value * c * c).Sum());
        }
    });

    [Fact]
    public void Callers_cannot_change_the_vectors()
    {
        var spectrum = FeatureGraph.Path(3).Laplacian().Spectrum();
        spectrum.Eigenvectors()[0, 0] = 99;
        Assert.NotEqual(99, spectrum.Eigenvectors()[0, 0]);
    }

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        var spectrum = FeatureGraph.Path(3).Laplacian().Spectrum();
        Assert.Throws<ArgumentException>("x", () => spectrum.Transform([1, 2]));
        Assert.Throws<ArgumentException>("coefficients", () => spectrum.Inverse([1, 2]));
    }

    private static double[] Values(FeatureGraph graph, LaplacianKind kind = LaplacianKind.Combinatorial) =>
        [.. graph.Laplacian(kind).Spectrum().Eigenvalues];

    private static double[] PathValues(int n) =>
        [.. Enumerable.Range(0, n).Select(k => 4 * Math.Pow(Math.Sin(Math.PI * k / (2 * n)), 2))];

    private static double[] RingValues(int n) =>
        [.. Enumerable.Range(0, n).Select(k => 4 * Math.Pow(Math.Sin(Math.PI * k / n), 2))];

    private static double[] Sums(double[] rows, double[] columns) =>
        [.. rows.SelectMany(row => columns.Select(column => row + column))];

    private static double[] TreeValues(int levels)
    {
        double root = levels == 1 ? 0 : 2;
        var values = new List<double>(Tridiagonal([.. Diagonal(levels).Take(levels - 1), root], Math.Sqrt(2)));
        for (var height = 1; height < levels; height++)
        {
            foreach (var value in Tridiagonal([.. Diagonal(height)], Math.Sqrt(2)))
                values.AddRange(Enumerable.Repeat(value, 1 << (levels - 1 - height)));
        }
        return [.. values];

        static IEnumerable<double> Diagonal(int size) => Enumerable.Repeat(3.0, size - 1).Prepend(1);
    }

    private static double[] WishboneOddValues(int length, int rungs) => Tridiagonal(
        [.. Enumerable.Range(0, length).Select(i => (i == 0 || i == length - 1 ? 1.0 : 2.0) + (i < rungs ? 2 : 0))], 1);

    private static double[] Tridiagonal(double[] diagonal, double beside) =>
        [.. Matrix<double>.Build.Dense(diagonal.Length, diagonal.Length,
            (i, j) => i == j ? diagonal[i] : Math.Abs(i - j) == 1 ? -beside : 0)
            .Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real)];
}
