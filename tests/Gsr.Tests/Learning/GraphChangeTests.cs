using Gsr.Graphs;
using Gsr.Learning;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Learning;

public sealed class GraphChangeTests
{
    [Fact]
    public void Agrees_with_sets_and_matrices() => GraphSample.Check(sample =>
    {
        var other = new GraphSample(sample.Nodes, 40, sample.Weighted, sample.Seed + 7).Graph;
        var change = GraphChange.Between(sample.Graph, other);
        var (before, after) = (Set(sample.Graph), Set(other));
        Assert.Equal(before.Union(after).Any() ? before.Intersect(after).Count() / (double)before.Union(after).Count()
            : 1, change.EdgeJaccard);
        Assert.Equal((after.Except(before).Count(), before.Except(after).Count()), (change.Added, change.Removed));
        double[] w = [.. sample.Graph.ToAdjacency().Cast<double>()], v = [.. other.ToAdjacency().Cast<double>()];
        var difference = Math.Sqrt(w.Zip(v, (a, b) => (a - b) * (a - b)).Sum());
        if (w.Sum() == 0) Assert.Equal(difference == 0 ? 0 : double.PositiveInfinity, change.RelativeChange);
        else Near.Equal(difference / Math.Sqrt(w.Sum(a => a * a)), change.RelativeChange);

        static HashSet<(int, int)> Set(FeatureGraph graph) => [.. graph.Edges.Select(e => (e.Source, e.Target))];
    });

    [Fact]
    public void Ends_of_the_scale()
    {
        var (none, path, ring) = (FeatureGraph.FromEdges(4, []), FeatureGraph.Path(4), FeatureGraph.Ring(4));
        Assert.Equal(new GraphChange(1, 0, 0, 0), GraphChange.Between(none, none));
        Assert.Equal(new GraphChange(1, 0, 0, 0), GraphChange.Between(ring, ring));
        Assert.Equal(new GraphChange(0, double.PositiveInfinity, 3, 0), GraphChange.Between(none, path));
        Assert.Equal(new GraphChange(0, 1, 0, 3), GraphChange.Between(path, none));
        Assert.Equal(new GraphChange(0.75, Math.Sqrt(1.0 / 3), 1, 0), GraphChange.Between(path, ring));
        Assert.Throws<ArgumentException>("after", () => GraphChange.Between(path, FeatureGraph.Path(5)));
    }
}
