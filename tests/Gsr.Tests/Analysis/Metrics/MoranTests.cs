using Gsr.Analysis.Metrics;
using Gsr.Graphs;
using Gsr.Tests.Golden;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Analysis.Metrics;

public class MoranTests
{
    private static readonly double[] OneToNine = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    private static readonly double[] Checkerboard = [.. Enumerable.Range(0, 25).Select(i => (i % 2 * 2.0) - 1)];
    private static readonly double[] RowRamp = [.. Enumerable.Range(0, 25).Select(i => (double)(i / 5))];

    [Fact]
    public void Golden_moments()
    {
        var test = Moran.Test(FeatureGraph.Grid(3, 3), OneToNine);
        Near.Equal(Golden("moran"), test.Value, 1e-14);
        Near.Equal(Golden("EI"), test.Expectation, 1e-14);

        static double Golden(string part) => GraphMetricsGolden.Value("rook3x3_y1..9", part);
    }

    [Fact]
    public void Golden_patterns_on_the_rook_grid()
    {
        var grid = FeatureGraph.Grid(5, 5);
        Near.Equal(GraphMetricsGolden.Value("rook5x5_checkerboard", "moran"), Moran.I(grid, Checkerboard), 1e-14);
        Near.Equal(GraphMetricsGolden.Value("rook5x5_rowramp", "moran"), Moran.I(grid, RowRamp), 1e-14);
    }

    [Fact]
    public void Golden_dirichlet_energies()
    {
        var grid = FeatureGraph.Grid(5, 5).Laplacian();
        // Each of the 40 edges joins 0 and 1 in the reference's checkerboard; ours has steps of 2, energy 4 times that.
        Near.Equal(4 * GraphMetricsGolden.Value("rook5x5_checkerboard", "dirichlet"), grid.QuadraticForm(Checkerboard));
        Near.Equal(GraphMetricsGolden.Value("rook5x5_rowramp", "dirichlet"), grid.QuadraticForm(RowRamp));
        Near.Equal(GraphMetricsGolden.Value("rook3x3_y1..9", "dirichlet"),
            FeatureGraph.Grid(3, 3).Laplacian().QuadraticForm(OneToNine));
    }

    [Fact]
    public void Agrees_with_the_double_loop() => GraphSample.Check(sample =>
        Near.Equal(SlowMoran(sample.Graph, sample.Signal), Moran.I(sample.Graph, sample.Signal)));

    [Fact]
    public void Expectation_and_p_value_are_those_of_all_permutations()
    {
        var graph = FeatureGraph.FromEdges(5, [new(0, 1, 2), new(1, 2), new(1, 3, 0.5), new(3, 4)]);
        double[] signal = [3, -1, 4, 1, 5];
        double[] all = [.. Permutations([0, 1, 2, 3, 4]).Select(p => Moran.I(graph, [.. p.Select(i => signal[i])]))];
        var test = Moran.Test(graph, signal);
        Near.Equal(all.Average(), test.Expectation);
        var exact = (double)all.Count(v => v >= test.Value - 1e-12) / all.Length;
        Assert.InRange(test.PValue, exact - 0.06, exact + 0.06);
    }

    [Fact]
    public void Scale_shift_and_numbering_do_not_matter() => GraphSample.Check(sample =>
    {
        var permuted = sample.Graph.Permuted(sample.Permutation);
        double[] scaled = [.. sample.Signal.Select(v => (-1e-160 * v) + 3e-160)];
        double[] large = [.. sample.Signal.Select(v => 1e300 * v)];
        Near.Equal(Moran.I(sample.Graph, sample.Signal), Moran.I(permuted, sample.Renumbered(sample.Signal)));
        Near.Equal(Moran.I(sample.Graph, sample.Signal), Moran.I(sample.Graph, scaled));
        Near.Equal(Moran.I(sample.Graph, sample.Signal), Moran.I(sample.Graph, large));
    });

    [Fact]
    public void Perfect_map_is_significant_and_a_worthless_one_is_not()
    {
        var grid = FeatureGraph.Grid(8, 8);
        double[] half = [.. Enumerable.Range(0, 64).Select(i => i % 8 < 4 ? 1.0 : 0.0)];
        var perfect = Moran.Test(grid, half);
        Assert.InRange(perfect.Value, 0.8, 1);
        Near.Equal(0.001, perfect.PValue);
        Assert.Equal(999, perfect.Permutations);

        double[] alternating = [.. Enumerable.Range(0, 64).Select(i => (double)((i + (i / 8)) % 2))];
        Assert.True(Moran.Test(grid, alternating).PValue > 0.99);
    }

    [Fact]
    public void P_values_of_noise_are_uniform()
    {
        var grid = FeatureGraph.Grid(6, 6);
        var random = new Random(5);
        double[] ps = [.. Enumerable.Range(0, 300).Select(k =>
            Moran.Test(grid, Enumerable.Range(0, 36).Select(_ => random.NextDouble()).ToArray(), 199, k).PValue)];
        Assert.InRange(ps.Average(), 0.45, 0.55);
        Assert.InRange(ps.Count(p => p <= 0.1), 15, 48);
    }

    [Fact]
    public void Tests_are_seeded()
    {
        var grid = FeatureGraph.Grid(4, 4);
        double[] signal = [.. Enumerable.Range(0, 16).Select(i => Math.Sin(i * i))];
        Assert.Equal(Moran.Test(grid, signal, seed: 3), Moran.Test(grid, signal, seed: 3));
        Assert.NotEqual(Moran.Test(grid, signal, seed: 3).PValue, Moran.Test(grid, signal, seed: 4).PValue);
    }

    public static TheoryData<FeatureGraph, double[]> Undefined => new()
    {
        { FeatureGraph.Grid(3, 3), [.. Enumerable.Repeat(0.1, 9)] },
        { FeatureGraph.Grid(3, 3), new double[9] },
        { FeatureGraph.Path(1), [4] },
        { FeatureGraph.FromEdges(3, []), [1, 2, 3] },
    };

    [Theory]
    [MemberData(nameof(Undefined), DisableDiscoveryEnumeration = true)]
    public void Where_undefined_they_are_NaN(FeatureGraph graph, double[] signal)
    {
        Assert.True(double.IsNaN(Moran.I(graph, signal)));
        Assert.True(double.IsNaN(Moran.Test(graph, signal).PValue));
    }

    [Fact]
    public void Prints_what_it_is() => Assert.Matches(
        @"^Moran's I 0\.500, expected -0\.125, p = 0\.0\d+ \(upper tail, 999 permutations\)$",
        Moran.Test(FeatureGraph.Grid(3, 3), OneToNine).ToString());

    [Fact]
    public void Hostile_inputs_are_named()
    {
        var path = FeatureGraph.Path(3);
        Assert.Throws<ArgumentException>("signal", () => Moran.I(path, [1, 2]));
        Assert.Throws<ArgumentException>("signal", () => Moran.I(path, [1, double.NaN, 2]));
        Assert.Throws<ArgumentOutOfRangeException>("permutations", () => Moran.Test(path, [1, 2, 3], 0));
        Assert.Throws<ArgumentNullException>(() => Moran.I(null!, [1]));
    }

    private static double SlowMoran(FeatureGraph graph, double[] x)
    {
        var w = graph.ToAdjacency();
        var n = x.Length;
        double mean = x.Average(), s0 = 0, cross = 0;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                s0 += w[i, j];
                cross += w[i, j] * (x[i] - mean) * (x[j] - mean);
            }
        }
        var energy = x.Sum(v => Math.Pow(v - mean, 2));
        return s0 == 0 || n == 1 ? double.NaN : n / s0 * cross / energy;
    }

    private static IEnumerable<int[]> Permutations(int[] items) => items.Length <= 1
        ? [items]
        : items.SelectMany(
            first => Permutations([.. items.Where(i => i != first)]).Select(rest => (int[])[first, .. rest]));
}
