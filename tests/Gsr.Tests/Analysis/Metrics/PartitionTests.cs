using Gsr.Analysis.Metrics;
using Gsr.Graphs;
using Gsr.Tests.Golden;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Analysis.Metrics;

public class PartitionTests
{
    // The labelings of the examples in scikit-learn's documentation of adjusted_rand_score: complete but not pure (a)
    // and pure but not complete (b); "perm" is the same partition under other names. They give 0.5714.., 0.5714.., 1.
    private static readonly int[] Truth = [0, 0, 1, 1];
    private static readonly int[] Split = [0, 0, 1, 2];
    private static readonly int[] Renamed = [1, 1, 0, 0];

    [Fact]
    public void Golden_adjusted_Rand_indices()
    {
        Near.Equal(GraphMetricsGolden.Value("ari", "a"), Partition.AdjustedRandIndex(Truth, Split), 1e-14);
        Near.Equal(GraphMetricsGolden.Value("ari", "b"), Partition.AdjustedRandIndex(Split, Truth), 1e-14);
        Near.Equal(GraphMetricsGolden.Value("ari", "perm"), Partition.AdjustedRandIndex(Truth, Renamed), 1e-14);
    }

    [Fact]
    public void Golden_modularity()
    {
        var bridged = FeatureGraph.FromEdges(10, [.. FeatureGraph.Complete(5).Copies(2).Edges, new Edge(4, 5)]);
        Near.Equal(GraphMetricsGolden.Value("two_K5_bridge_modularity"),
            Partition.Modularity(bridged, [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]), 1e-14);
    }

    [Fact]
    public void Agree_with_slow_definitions() => GraphSample.Check(sample =>
    {
        int[] a = Binned(sample.Signal), b = Binned(sample.OtherSignal);
        Near.Equal(SlowAdjustedRand(a, b), Partition.AdjustedRandIndex(a, b));
        Near.Equal(SlowMutualInformation(a, b), Partition.NormalizedMutualInformation(a, b));
        Near.Equal(SlowModularity(sample.Graph, a), Partition.Modularity(sample.Graph, a));
    });

    [Fact]
    public void Symmetric_bounded_and_blind_to_names() => GraphSample.Check(sample =>
    {
        int[] a = Binned(sample.Signal), b = Binned(sample.OtherSignal), renamed = [.. a.Select(label => -7 * label)];
        Near.Equal(Partition.AdjustedRandIndex(a, b), Partition.AdjustedRandIndex(b, renamed));
        Near.Equal(1, Partition.AdjustedRandIndex(a, renamed));
        Assert.InRange(Partition.AdjustedRandIndex(a, b), -1, 1);
    });

    [Fact]
    public void Random_labels_are_worthless()
    {
        var random = new Random(1);
        var mean = Enumerable.Range(0, 200).Average(_ =>
            Partition.AdjustedRandIndex(Draw(), Draw()));
        Assert.InRange(mean, -0.01, 0.01);

        int[] Draw() => [.. Enumerable.Range(0, 60).Select(_ => random.Next(4))];
    }

    [Fact]
    public void Trivial_partitions()
    {
        int[] one = [5, 5, 5], apart = [1, 2, 3], mixed = [0, 0, 1];
        Assert.Equal(1, Partition.AdjustedRandIndex(one, one));
        Assert.Equal(1, Partition.AdjustedRandIndex(apart, apart));
        Assert.Equal(0, Partition.AdjustedRandIndex(one, apart));
        Assert.Equal(0, Partition.AdjustedRandIndex(one, mixed));
        Assert.Equal(1, Partition.AdjustedRandIndex([3], [8]));
    }

    [Fact]
    public void Large_trivial_partitions_do_not_divide_zero_by_zero()
    {
        foreach (var n in new[] { 60_000, 60_001, 77_777, 99_991 })
            Assert.Equal(1, Partition.AdjustedRandIndex(new int[n], new int[n]));
    }

    [Fact]
    public void Modularity_of_degenerate_inputs()
    {
        Near.Equal(0, Partition.Modularity(FeatureGraph.Grid(3, 3), new int[9]));
        Assert.True(double.IsNaN(Partition.Modularity(FeatureGraph.FromEdges(3, []), new int[3])));
        Near.Equal(-0.5, Partition.Modularity(FeatureGraph.Path(2), [0, 1]));
    }

    [Fact]
    public void Hostile_inputs_are_named()
    {
        Assert.Throws<ArgumentException>("second", () => Partition.AdjustedRandIndex([1, 2], [1]));
        Assert.Throws<ArgumentException>("first", () => Partition.AdjustedRandIndex([], []));
        Assert.Throws<ArgumentException>("labels", () => Partition.Modularity(FeatureGraph.Grid(3, 3), [1, 2]));
    }

    private static int[] Binned(double[] x) => [.. x.Select(v => (int)Math.Floor(v / 3))];

    /// <summary>By counting pairs of items: both together, first only, second only, neither.</summary>
    private static double SlowAdjustedRand(int[] a, int[] b)
    {
        double both = 0, first = 0, second = 0, neither = 0;
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                switch (a[i] == a[j], b[i] == b[j])
                {
                    case (true, true): both++; break;
                    case (true, false): first++; break;
                    case (false, true): second++; break;
                    default: neither++; break;
                }
            }
        }
        return first == 0 && second == 0 ? 1
            : 2 * ((both * neither) - (first * second))
                / (((both + first) * (first + neither)) + ((both + second) * (second + neither)));
    }

    [Fact]
    public void Mutual_information_of_the_same_of_trivial_and_of_independent_labels()
    {
        Near.Equal(1, Partition.NormalizedMutualInformation(Truth, Renamed));
        Near.Equal(0.8, Partition.NormalizedMutualInformation(Truth, Split));
        Near.Equal(0, Partition.NormalizedMutualInformation([0, 0, 1, 1], [0, 1, 0, 1]));
        Assert.Equal(1, Partition.NormalizedMutualInformation([3, 3], [5, 5]));
        Assert.Equal(0, Partition.NormalizedMutualInformation([3, 3], [5, 6]));
        Assert.Throws<ArgumentException>(() => Partition.NormalizedMutualInformation([1], [1, 2]));
    }

    private static double SlowMutualInformation(int[] a, int[] b)
    {
        double n = a.Length, information = 0;
        foreach (var i in a.Distinct())
        {
            foreach (var j in b.Distinct())
            {
                var both = a.Zip(b).Count(pair => pair == (i, j)) / n;
                if (both > 0)
                    information += both * Math.Log(both / (a.Count(x => x == i) / n) / (b.Count(x => x == j) / n));
            }
        }

        var entropies = Entropy(a) + Entropy(b);
        return entropies == 0 ? 1 : information / (entropies / 2);

        double Entropy(int[] labels) =>
            -labels.Distinct().Sum(x => labels.Count(y => y == x) / n * Math.Log(labels.Count(y => y == x) / n));
    }

    private static double SlowModularity(FeatureGraph graph, int[] labels)
    {
        var w = graph.ToAdjacency();
        var d = graph.Degrees();
        double twice = d.Sum(), q = 0;
        for (var i = 0; i < d.Length; i++)
        {
            for (var j = 0; j < d.Length; j++)
                q += labels[i] == labels[j] ? w[i, j] - (d[i] * d[j] / twice) : 0;
        }
        return q / twice;
    }
}
