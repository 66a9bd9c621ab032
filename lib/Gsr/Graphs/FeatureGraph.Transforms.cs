namespace Gsr.Graphs;

public sealed partial class FeatureGraph
{
    /// <summary>
    /// The same graph with node i renumbered to permutation[i], each of 0 .. N - 1 once; every node keeps its drawing
    /// position, the shape is lost.
    /// </summary>
    public FeatureGraph Permuted(ReadOnlySpan<int> permutation)
    {
        Arguments.Length(permutation.Length, NodeCount, nameof(permutation), "node");
        var places = new NodePosition[NodeCount];
        var taken = new bool[NodeCount];
        for (var i = 0; i < permutation.Length; i++)
        {
            var image = permutation[i];
            if ((uint)image >= (uint)NodeCount || taken[image])
            {
                throw new ArgumentException(
                    $"permutation[{i}] is {image}; give each of 0 to {NodeCount - 1} exactly once.",
                    nameof(permutation));
            }
            taken[image] = true;
            places[image] = _layout[i];
        }

        var renumbered = new Edge[_edges.Length];
        for (var i = 0; i < _edges.Length; i++)
            renumbered[i] = new Edge(permutation[_edges[i].Source], permutation[_edges[i].Target], _edges[i].Weight);
        return new FeatureGraph($"permuted {Name}", NodeCount, Normalised(NodeCount, renumbered, IsSigned), places);
    }

    /// <summary>The same graph drawn at other positions, one finite place per node.</summary>
    public FeatureGraph WithLayout(IReadOnlyList<NodePosition> positions)
    {
        ArgumentNullException.ThrowIfNull(positions);
        Arguments.Length(positions.Count, NodeCount, nameof(positions), "node of the graph");
        for (var i = 0; i < positions.Count; i++)
        {
            if (!double.IsFinite(positions[i].X) || !double.IsFinite(positions[i].Y))
            {
                throw new ArgumentException(
                    $"positions[{i}] is {positions[i]}; a node is drawn at a finite place.", nameof(positions));
            }
        }
        return new FeatureGraph(Name, NodeCount, _edges, [.. positions], Shape);
    }

    /// <summary>
    /// The same graph with only those edges that are among the <paramref name="perNode"/> heaviest of one of their
    /// ends, as a dense graph has to be drawn; of equally heavy edges, those to nodes of lower number.
    /// </summary>
    public FeatureGraph KeepingHeaviest(int perNode)
    {
        Arguments.AtLeast(perNode, 1, nameof(perNode), "each node chooses at least 1 edge.");
        var ofNode = Enumerable.Range(0, NodeCount).Select(_ => new List<int>()).ToArray();
        for (var i = 0; i < _edges.Length; i++)
        {
            ofNode[_edges[i].Source].Add(i);
            ofNode[_edges[i].Target].Add(i);
        }
        var kept = new bool[_edges.Length];
        foreach (var own in ofNode)
        {
            // Edges are sorted, and the sort is stable: ties go to the node of lower number.
            foreach (var i in own.OrderByDescending(i => Math.Abs(_edges[i].Weight)).Take(perNode))
                kept[i] = true;
        }
        return new FeatureGraph(
            $"heaviest {perNode} edges per node of {Name}", NodeCount, [.. _edges.Where((_, i) => kept[i])], _layout,
            Shape);
    }

    /// <summary>
    /// A random graph in which every node has as many neighbours as here, by double edge swaps (a-b, c-d becomes a-d,
    /// c-b) without self-loops or multiple edges (Maslov and Sneppen 2002, Science 296:910): the null model of a
    /// structure score. The chain of swaps, rejected ones counted as steps, has the uniform distribution over such
    /// graphs (Fosdick and others 2018, SIAM Review 60:315); 20 steps per edge are twice what mixes a sparse graph in
    /// practice. Weights travel with the edges, drawing positions stay, and the graph need not be connected.
    /// </summary>
    public FeatureGraph RewiredWithSameDegrees(int seed, int attemptsPerEdge = 20)
    {
        Arguments.AtLeast(attemptsPerEdge, 0, nameof(attemptsPerEdge), "it is a number of steps, 20 by default.");
        var random = new Random(seed);
        var rewired = _edges.AsSpan().ToArray();
        var present = rewired.Select(e => (e.Source, e.Target)).ToHashSet();

        for (var step = (long)attemptsPerEdge * rewired.Length; step > 0; step--)
        {
            int first = random.Next(rewired.Length), second = random.Next(rewired.Length);
            var (a, b, _) = rewired[first];
            var (c, d, _) = rewired[second];
            // An edge has no direction: without this coin a-b, c-d could never become a-c, b-d.
            if (random.Next(2) == 1)
                (c, d) = (d, c);
            if (a == d || c == b || present.Contains(Ordered(a, d)) || present.Contains(Ordered(c, b)))
                continue;

            present.Remove(Ordered(a, b));
            present.Remove(Ordered(c, d));
            Replace(first, Ordered(a, d));
            Replace(second, Ordered(c, b));
        }
        return new FeatureGraph($"{Name} rewired", NodeCount, Normalised(NodeCount, rewired, IsSigned), _layout);

        void Replace(int index, (int Source, int Target) ends)
        {
            present.Add(ends);
            rewired[index] = rewired[index] with { Source = ends.Source, Target = ends.Target };
        }
    }

    private static (int Source, int Target) Ordered(int a, int b) => a < b ? (a, b) : (b, a);
}
