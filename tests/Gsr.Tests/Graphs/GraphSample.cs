using FsCheck;
using FsCheck.Fluent;
using Gsr.Graphs;

namespace Gsr.Tests.Graphs;

/// <summary>A random small graph with two signals on it; prints the recipe that makes it again.</summary>
public sealed record GraphSample(int Nodes, int DensityPercent, bool Weighted, int Seed)
{
    public FeatureGraph Graph { get; } = MakeGraph(Nodes, DensityPercent, Weighted, Seed);

    public double[] Signal { get; } = MakeSignal(Nodes, Seed + 1);

    public double[] OtherSignal { get; } = MakeSignal(Nodes, Seed + 2);

    public int[] Permutation { get; } = Shuffled(Nodes, Seed + 3);

    /// <summary>
    /// Runs a law on hundreds of graphs, or fewer where it is slow: empty, sparse, dense and complete, weighted or not.
    /// </summary>
    public static void Check(Action<GraphSample> law, int graphs = 300)
    {
        var samples =
            from nodes in Gen.Choose(1, 14)
            from density in Gen.Elements(0, 10, 30, 60, 100)
            from weighted in Gen.Elements(false, true)
            from seed in Gen.Choose(0, 1_000_000)
            select new GraphSample(nodes, density, weighted, seed);
        Prop.ForAll(samples.ToArbitrary(), law)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(graphs).WithQuietOnSuccess(true));
    }

    /// <summary>x renumbered as <see cref="FeatureGraph.Permuted"/> renumbers the nodes.</summary>
    public double[] Renumbered(double[] x)
    {
        var result = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
            result[Permutation[i]] = x[i];
        return result;
    }

    private static FeatureGraph MakeGraph(int nodes, int density, bool weighted, int seed)
    {
        var random = new Random(seed);
        var edges = new List<Edge>();
        for (int i = 0; i < nodes; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (random.Next(100) < density)
                    edges.Add(new Edge(i, j, weighted ? Math.Pow(10, random.NextDouble() - 0.5) : 1));
            }
        }
        return FeatureGraph.FromEdges(nodes, edges);
    }

    private static double[] MakeSignal(int nodes, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, nodes).Select(_ => (10 * random.NextDouble()) - 5)];
    }

    private static int[] Shuffled(int nodes, int seed)
    {
        int[] permutation = [.. Enumerable.Range(0, nodes)];
        new Random(seed).Shuffle(permutation);
        return permutation;
    }
}
