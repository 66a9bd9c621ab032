using Gsr.Graphs;

namespace Gsr.Learning;

/// <summary>
/// Communities of a graph by the Leiden algorithm for modularity (Traag, Waltman and van Eck 2019, Scientific Reports
/// 9:5233): nodes move to the best neighbouring community while that gains; each community is refined into parts that
/// hold together; the parts become the nodes of a smaller graph, on which it begins anew. Every community is connected.
/// </summary>
/// <remarks>
/// The quality is Q = (1/2m) Σᵢⱼ (wᵢⱼ - γ dᵢdⱼ/2m) δ(cᵢ, cⱼ), for γ = 1 <see cref="Metrics.Partition.Modularity"/>. The
/// order of the nodes and the choices of the refinement are random, of a seed. A node without edges is a community of
/// its own.
/// </remarks>
public static class LeidenCommunities
{
    /// <summary>
    /// θ of the refinement, the authors' value: how readily a part grows by a choice that is not the best.
    /// </summary>
    private const double Randomness = 0.01;

    /// <summary>
    /// Far more than any graph needs; the quality grows with each, but rounding is not to go round in circles.
    /// </summary>
    private const int MostRounds = 100;
    private const double Rounding = 1e-12;

    /// <summary>Finds communities.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="seed">The same seed gives the same communities; default 0.</param>
    /// <param name="resolution">γ, positive; default 1. More gives smaller communities.</param>
    /// <param name="runs">From how many starts; the best is kept, the first of equals. At least 1, default 10.</param>
    /// <returns>The community of each node, numbered from 0 in the order of their first nodes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="resolution"/> is not positive and finite, or <paramref name="runs"/> is below 1.
    /// </exception>
    public static int[] Of(FeatureGraph graph, int seed = 0, double resolution = 1, int runs = 10)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Arguments.AtLeast(runs, 1, nameof(runs), "there is at least 1 run.");
        if (!(resolution > 0) || !double.IsFinite(resolution))
        {
            throw new ArgumentOutOfRangeException(
                nameof(resolution), resolution, $"resolution is {resolution}; it must be positive and finite.");
        }

        int[] best = [.. Enumerable.Range(0, graph.NodeCount)];
        if (graph.Edges.Count == 0) return best;
        var random = new Random(seed);
        var quality = double.NegativeInfinity;
        for (var run = 0; run < runs; run++)
        {
            var (communities, reached) = Run(graph, random, resolution);
            if (reached > quality + Rounding) (best, quality) = (communities, reached);
        }

        return best;
    }

    /// <summary>From single nodes, until an iteration from the communities so far finds nothing better.</summary>
    private static (int[] Communities, double Quality) Run(FeatureGraph graph, Random random, double resolution)
    {
        int[] communities = [.. Enumerable.Range(0, graph.NodeCount)];
        var quality = double.NegativeInfinity;
        for (var round = 0; round < MostRounds; round++)
        {
            var better = Iterate(graph, communities, random, resolution);
            var reached = Quality(graph, better, resolution);
            if (reached <= quality + Rounding) break;
            (communities, quality) = (better, reached);
        }

        return (communities, quality);
    }

    /// <summary>One run over all levels, begun from given communities.</summary>
    private static int[] Iterate(FeatureGraph graph, int[] start, Random random, double resolution)
    {
        var level = CommunityLevel.Of(graph, resolution);
        var communities = start.AsSpan().ToArray();
        // The node of the level in which each node of the graph is.
        var inside = Enumerable.Range(0, graph.NodeCount).ToArray();
        while (true)
        {
            level.MoveNodes(communities, random);
            var count = Renumber(communities);
            if (count == level.Size) break;
            var parts = level.Refine(communities, random, Randomness);
            var partCount = Renumber(parts);
            if (partCount == level.Size)
            {
                // By chance no part grew: the communities themselves, as far as they hold together, are what is left to
                // aggregate.
                parts = level.Connected(communities);
                partCount = Renumber(parts);
                if (partCount == level.Size) break;
            }

            var next = new int[partCount];
            for (var i = 0; i < level.Size; i++) next[parts[i]] = communities[i];
            for (var i = 0; i < inside.Length; i++) inside[i] = parts[inside[i]];
            level = level.Aggregate(parts, partCount);
            communities = next;
        }

        var labels = Array.ConvertAll(inside, node => communities[node]);
        Renumber(labels);
        return labels;
    }

    private static double Quality(FeatureGraph graph, int[] labels, double resolution)
    {
        double within = 0, total = 0;
        foreach (var (source, target, weight) in graph.Edges)
        {
            total += weight;
            if (labels[source] == labels[target]) within += weight;
        }

        var degrees = new double[graph.NodeCount];
        var own = graph.Degrees();
        for (var i = 0; i < own.Length; i++) degrees[labels[i]] += own[i] / (2 * total);
        return (within / total) - (resolution * degrees.Sum(d => d * d));
    }

    private static int Renumber(int[] labels)
    {
        var numbers = new Dictionary<int, int>();
        for (var i = 0; i < labels.Length; i++)
        {
            if (!numbers.TryGetValue(labels[i], out var number)) numbers[labels[i]] = number = numbers.Count;
            labels[i] = number;
        }

        return numbers.Count;
    }
}
