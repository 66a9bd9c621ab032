namespace Gsr.Graphs;

public sealed partial class FeatureGraph
{
    /// <summary>Number of connected components; an isolated node is one.</summary>
    public int ComponentCount => Components().Max() + 1;

    /// <summary>The weighted degrees dᵢ = Σⱼ |wᵢⱼ|, one per node; 0 for an isolated node.</summary>
    public double[] Degrees()
    {
        var degrees = new double[NodeCount];
        foreach (var (source, target, weight) in _edges)
        {
            degrees[source] += Math.Abs(weight);
            degrees[target] += Math.Abs(weight);
        }
        return degrees;
    }

    /// <summary>The component of each node, numbered from 0 in the order of their first nodes.</summary>
    public int[] Components() => ComponentsAmong(static (_, _) => true);

    /// <summary>
    /// As <see cref="Components"/>, of the graph that keeps only the edges for which the condition holds.
    /// </summary>
    internal int[] ComponentsAmong(Func<int, int, bool> keeps) => Joined(
        NodeCount, _edges.Where(e => keeps(e.Source, e.Target)).Select(e => (e.Source, e.Target)));

    /// <summary>
    /// The side of each node, 1 or -1, in a component that is balanced (Harary 1953): its nodes lie on two sides, with
    /// positive weights within a side and negative ones between, and its first node on side 1. 0 in a component that is
    /// not. Without negative weights all are 1.
    /// </summary>
    public int[] BalancedSides()
    {
        // The signed double cover: a node stands in it twice, as i and N + i, and a negative edge leads across. The two
        // are connected where a cycle has a negative product; else the half of the component's first node comes first.
        var cover = Joined(2 * NodeCount, _edges.SelectMany(e => e.Weight > 0
            ? ((int, int)[])[(e.Source, e.Target), (NodeCount + e.Source, NodeCount + e.Target)]
            : [(e.Source, NodeCount + e.Target), (NodeCount + e.Source, e.Target)]));
        return [.. Enumerable.Range(0, NodeCount).Select(i => Math.Sign(cover[NodeCount + i] - cover[i]))];
    }

    private static int[] Joined(int nodes, IEnumerable<(int, int)> edges)
    {
        // Disjoint sets whose root is always the lowest node, so that numbering by first node needs one pass.
        int[] parent = [.. Enumerable.Range(0, nodes)];
        foreach (var (source, target) in edges)
        {
            int a = Root(parent, source), b = Root(parent, target);
            parent[Math.Max(a, b)] = Math.Min(a, b);
        }

        var labels = new int[nodes];
        var count = 0;
        for (var i = 0; i < nodes; i++)
        {
            var root = Root(parent, i);
            labels[i] = root == i ? count++ : labels[root];
        }
        return labels;
    }

    /// <summary>The weight matrix W, [N, N], symmetric, with a zero diagonal.</summary>
    public double[,] ToAdjacency()
    {
        Arguments.DenseSize(NodeCount, Name);
        var adjacency = new double[NodeCount, NodeCount];
        foreach (var (source, target, weight) in _edges)
            adjacency[source, target] = adjacency[target, source] = weight;
        return adjacency;
    }

    /// <summary>The graph's Laplacian as a sparse matrix: by default D - W, the one of the paper's penalty.</summary>
    public Laplacian Laplacian(LaplacianKind kind = LaplacianKind.Combinatorial)
    {
        if (!Enum.IsDefined(kind))
        {
            throw new ArgumentOutOfRangeException(nameof(kind), kind,
                $"kind is {kind}; choose {string.Join(", ", Enum.GetNames<LaplacianKind>())}.");
        }
        return new Laplacian(this, kind);
    }

    private static int Root(int[] parent, int node)
    {
        while (parent[node] != node)
            node = parent[node] = parent[parent[node]];
        return node;
    }
}
