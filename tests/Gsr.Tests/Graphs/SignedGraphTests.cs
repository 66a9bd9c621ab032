using Gsr.Analysis.Metrics;
using Gsr.Graphs;
using Gsr.Graphs.Filters;
using Gsr.Learning;
using Gsr.SingleCell.Preparation;

namespace Gsr.Tests.Graphs;

public class SignedGraphTests
{
    [Fact]
    public void Laplacians_agree_with_the_dense_definition() => Check((sample, graph) =>
    {
        var w = graph.ToAdjacency();
        double[] d = [.. Nodes(graph).Select(i => Nodes(graph).Sum(j => Math.Abs(w[i, j])))];
        Near.Equal(d, graph.Degrees());
        double[,] combinatorial = new double[d.Length, d.Length], normalised = new double[d.Length, d.Length];
        foreach (var i in Nodes(graph))
        {
            foreach (var j in Nodes(graph))
            {
                combinatorial[i, j] = (i == j ? d[i] : 0) - w[i, j];
                normalised[i, j] = d[i] * d[j] == 0 ? 0 : combinatorial[i, j] / Math.Sqrt(d[i] * d[j]);
            }
        }

        Near.Equal(combinatorial, graph.Laplacian().ToDense());
        Near.Equal(normalised, graph.Laplacian(LaplacianKind.SymmetricNormalized).ToDense());
    });

    [Fact]
    public void The_form_wants_ends_equal_by_a_positive_edge_and_opposed_by_a_negative_one() => Check((sample, graph) =>
    {
        var z = sample.Signal;
        var sum = graph.Edges.Sum(e =>
            Math.Abs(e.Weight) * Math.Pow(z[e.Source] - (Math.Sign(e.Weight) * z[e.Target]), 2));
        Near.Equal(sum, graph.Laplacian().QuadraticForm(z));
    });

    [Fact]
    public void Laplacians_are_symmetric_and_their_eigenvalues_lie_between_0_and_the_bound() => Check((sample, graph) =>
    {
        foreach (var kind in new[] { LaplacianKind.Combinatorial, LaplacianKind.SymmetricNormalized })
        {
            var laplacian = graph.Laplacian(kind);
            Near.Equal(sample.OtherSignal.Zip(laplacian.Apply(sample.Signal), (a, b) => a * b).Sum(),
                sample.Signal.Zip(laplacian.Apply(sample.OtherSignal), (a, b) => a * b).Sum());
            Assert.True(laplacian.QuadraticForm(sample.Signal) >= -1e-9);
            Assert.InRange(laplacian.Spectrum().Eigenvalues[^1], 0, SpectralBound.Of(laplacian).Upper + 1e-9);
        }
    });

    [Fact]
    public void Zero_eigenvalues_count_the_balanced_components() => Check((sample, graph) =>
    {
        var balanced = graph.Components().Zip(graph.BalancedSides())
            .Where(n => n.Second != 0).Select(n => n.First).Distinct().Count();
        foreach (var kind in Enum.GetValues<LaplacianKind>())
            Assert.Equal(balanced, graph.Laplacian(kind).Spectrum().Eigenvalues.Count(value => value < 1e-9));
    });

    [Fact]
    public void Sides_are_those_of_a_search_over_all_ways_to_divide_a_component() => Check((sample, graph) =>
    {
        if (graph.NodeCount > 8) return;
        var components = graph.Components();
        var expected = new int[graph.NodeCount];
        for (var way = 0; way < 1 << graph.NodeCount; way++)
        {
            int[] sides = [.. Nodes(graph).Select(i => 1 - (2 * ((way >> i) & 1)))];
            foreach (var component in components.Distinct())
            {
                var first = Array.IndexOf(components, component);
                var holds = graph.Edges.Where(e => components[e.Source] == component)
                    .All(e => e.Weight * sides[e.Source] * sides[e.Target] > 0);
                if (!holds || sides[first] < 0) continue;
                foreach (var i in Nodes(graph).Where(i => components[i] == component)) expected[i] = sides[i];
            }
        }

        Assert.Equal(expected, graph.BalancedSides());
    });

    [Fact]
    public void Switching_nodes_to_their_opposites_changes_neither_spectrum_nor_balance() => Check((sample, graph) =>
    {
        int[] switched = [.. sample.OtherSignal.Select(v => v < 0 ? -1 : 1)];
        var other = FeatureGraph.FromSignedEdges(graph.NodeCount, graph.Edges
            .Select(e => e with { Weight = e.Weight * switched[e.Source] * switched[e.Target] }));
        Near.Equal(graph.Laplacian().Spectrum().Eigenvalues, other.Laplacian().Spectrum().Eigenvalues);
        Near.Equal(graph.Laplacian().QuadraticForm(sample.Signal),
            other.Laplacian().QuadraticForm([.. sample.Signal.Zip(switched, (z, s) => z * s)]));
        Assert.Equal(graph.BalancedSides().Select(Math.Abs), other.BalancedSides().Select(Math.Abs));
    });

    [Fact]
    public void Without_a_negative_weight_all_is_as_before() => GraphSample.Check(sample =>
    {
        var signed = FeatureGraph.FromSignedEdges(sample.Nodes, sample.Graph.Edges);
        Assert.False(signed.IsSigned);
        Assert.Equal(sample.Graph.Edges, signed.Edges);
        Assert.Equal($"combinatorial Laplacian of {signed}", signed.Laplacian().ToString());
        Assert.All(signed.BalancedSides(), side => Assert.Equal(1, side));
    });

    [Fact]
    public void A_triangle_with_one_enemy_pair_is_frustrated()
    {
        var triangle = FeatureGraph.FromSignedEdges(3, [new(0, 1), new(2, 1), new(0, 2, -1)]);
        Near.Equal([1, 1, 4], triangle.Laplacian().Spectrum().Eigenvalues);
        Assert.Equal([0, 0, 0], triangle.BalancedSides());
        Assert.StartsWith("signed combinatorial Laplacian", triangle.Laplacian().ToString(), StringComparison.Ordinal);
        var friendsAgainstOne = FeatureGraph.FromSignedEdges(4, [new(0, 1, -2), new(2, 1, -1), new(0, 2, 3)]);
        Assert.Equal([1, -1, 1, 1], friendsAgainstOne.BalancedSides());
    }

    [Fact]
    public void Transformed_graphs_keep_their_signs() => Check((sample, graph) =>
    {
        double[] weights = [.. graph.Edges.Select(e => e.Weight).Order()];
        Assert.Equal(weights, graph.Permuted(sample.Permutation).Edges.Select(e => e.Weight).Order());
        Assert.Equal(weights, graph.RewiredWithSameDegrees(sample.Seed).Edges.Select(e => e.Weight).Order());
        Assert.Equal(weights.Concat(weights).Order(), graph.Copies(2).Edges.Select(e => e.Weight).Order());
        if (weights.Length == 0) return;
        var largest = graph.Edges.Max(e => Math.Abs(e.Weight));
        Assert.Contains(graph.KeepingHeaviest(1).Edges, e => Math.Abs(e.Weight) == largest);
    });

    [Fact]
    public void Hostile_edges_are_refused()
    {
        foreach (var weight in new[] { double.NaN, double.NegativeInfinity, double.PositiveInfinity })
        {
            Assert.Throws<ArgumentException>(
                "edges", () => FeatureGraph.FromSignedEdges(3, [new(0, 1, weight)]));
        }

        Assert.Throws<ArgumentException>("edges", () => FeatureGraph.FromSignedEdges(3, [new(0, 1, -1), new(1, 0, 1)]));
        Assert.Throws<ArgumentException>("edges", () =>
            FeatureGraph.FromSignedEdges(3, [new(0, 1, double.MinValue), new(1, 2, double.MaxValue)]));
        Assert.Empty(FeatureGraph.FromSignedEdges(3, [new(0, 1, -0.0)]).Edges);
    }

    [Fact]
    public void What_has_no_meaning_for_negative_weights_refuses_them()
    {
        var graph = FeatureGraph.FromSignedEdges(3, [new(0, 1), new(1, 2, -1)]);
        Assert.Throws<ArgumentException>("graph", () => Moran.I(graph, [1, 2, 3]));
        Assert.Throws<ArgumentException>("graph", () => Moran.Test(graph, [1, 2, 3]));
        Assert.Throws<ArgumentException>("graph", () => Partition.Modularity(graph, [0, 0, 1]));
        Assert.Throws<ArgumentException>("graph", () => NodeOrder.Of(graph));
        Assert.Throws<ArgumentException>("graph", () => DiffusionMap.Of(graph));
        Assert.Throws<ArgumentException>("similarity", () => new SpectralModulesBuilder(1, new CorrelationBuilder(0.1))
            .Build(NodeActivations.From(new double[,] { { 0, 1 }, { 1, 0 }, { 2, -3 } })));
    }

    private static IEnumerable<int> Nodes(FeatureGraph graph) => Enumerable.Range(0, graph.NodeCount);

    /// <summary>On random graphs of which about half of the edges are negative.</summary>
    private static void Check(Action<GraphSample, FeatureGraph> law) => GraphSample.Check(sample =>
    {
        var random = new Random(sample.Seed);
        law(sample, FeatureGraph.FromSignedEdges(sample.Nodes, sample.Graph.Edges
            .Select(e => random.Next(2) == 0 ? e : e with { Weight = -e.Weight })));
    });
}
