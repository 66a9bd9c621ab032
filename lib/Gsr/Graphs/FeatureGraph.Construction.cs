namespace Gsr.Graphs;

public sealed partial class FeatureGraph
{
    /// <summary>
    /// Relative difference up to which two mirrored entries count as equal: sums taken in another order differ by
    /// rounding, a directed graph differs by far more.
    /// </summary>
    private const double SymmetryTolerance = 1e-9;

    /// <summary>
    /// A graph from its edges between nodes 0 .. nodeCount - 1, given in any order and either direction, each once; one
    /// of weight 0 is dropped, and nodes without an edge are isolated.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="nodeCount"/> is below 1 or too large.</exception>
    /// <exception cref="ArgumentException">
    /// An edge leaves the graph, is a self-loop or a duplicate, or its weight is negative or not finite.
    /// </exception>
    public static FeatureGraph FromEdges(int nodeCount, IEnumerable<Edge> edges, string? name = null) =>
        From(nodeCount, edges, name, signed: false);

    /// <summary>As <see cref="FromEdges"/>, with weights of either sign.</summary>
    /// <exception cref="ArgumentException">
    /// An edge leaves the graph, is a self-loop or a duplicate, or its weight is not finite.
    /// </exception>
    /// <example><code>
    /// var opposed = FeatureGraph.FromSignedEdges(3, [new(0, 1, 0.9), new(1, 2, -0.8)]);
    /// opposed.Laplacian().QuadraticForm([1, 1, -1]);    // 0: node 2 is what the others are not
    /// </code></example>
    public static FeatureGraph FromSignedEdges(int nodeCount, IEnumerable<Edge> edges, string? name = null) =>
        From(nodeCount, edges, name, signed: true);

    private static FeatureGraph From(int nodeCount, IEnumerable<Edge> edges, string? name, bool signed)
    {
        ArgumentNullException.ThrowIfNull(edges);
        Arguments.AtLeast(nodeCount, 1, nameof(nodeCount), "a graph has at least 1 node.");
        Arguments.Size(nodeCount, 0, nameof(nodeCount), nodeCount);
        return new FeatureGraph(
            name ?? "graph", nodeCount, Normalised(nodeCount, edges, signed), Circle(nodeCount));
    }

    /// <summary>
    /// A graph from its weight matrix W, [N, N], symmetric, non-negative, finite, of zero diagonal; 0 means no edge.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The matrix breaks one of these rules; the message names the entry.
    /// </exception>
    public static FeatureGraph FromAdjacency(double[,] adjacency, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(adjacency);
        var n = adjacency.GetLength(0);
        if (n != adjacency.GetLength(1) || n == 0)
        {
            throw new ArgumentException(
                $"adjacency is {n}x{adjacency.GetLength(1)}; give a square matrix, one row per node.",
                nameof(adjacency));
        }
        Arguments.Size(n, 0, nameof(adjacency), $"{n}x{n}");

        var edges = new List<Edge>();
        for (var i = 0; i < n; i++)
        {
            if (adjacency[i, i] != 0)
            {
                throw new ArgumentException(
                    $"adjacency[{i}, {i}] is {adjacency[i, i]}; self-loops are not allowed: set the diagonal to 0.",
                    nameof(adjacency));
            }
            for (var j = i + 1; j < n; j++)
            {
                var weight = SymmetricEntry(adjacency, i, j);
                if (weight > 0)
                    edges.Add(new Edge(i, j, weight));
            }
        }
        return FromEdges(n, edges, name);
    }

    /// <summary>
    /// A graph of edges that are known to be in order: lower node first, sorted, each once, of finite weight, not 0.
    /// No sort and no check, which would take longer than it takes to learn a graph.
    /// </summary>
    internal static FeatureGraph FromSortedEdges(int nodeCount, Edge[] edges, string name)
    {
        Arguments.Size(nodeCount, edges.Length, nameof(edges), $"{edges.Length} edges");
        return new FeatureGraph(name, nodeCount, edges, Circle(nodeCount));
    }

    private static double SymmetricEntry(double[,] adjacency, int i, int j)
    {
        double upper = adjacency[i, j], lower = adjacency[j, i];
        if (!(upper >= 0 && lower >= 0 && double.IsFinite(upper) && double.IsFinite(lower)))
        {
            throw new ArgumentException(
                $"adjacency[{i}, {j}] is {upper} and adjacency[{j}, {i}] is {lower}; "
                + "weights are non-negative and finite.",
                nameof(adjacency));
        }
        if (Math.Abs(upper - lower) > SymmetryTolerance * Math.Max(upper, lower))
        {
            throw new ArgumentException(
                $"adjacency[{i}, {j}] is {upper} but adjacency[{j}, {i}] is {lower}; "
                + "the graph is undirected: symmetrise it, for example (A + Aᵀ)/2.", nameof(adjacency));
        }
        return upper + ((lower - upper) / 2);
    }

    /// <summary>
    /// Checks every edge, points it from the lower to the higher node, sorts, and refuses duplicates.
    /// </summary>
    private static Edge[] Normalised(int nodeCount, IEnumerable<Edge> edges, bool signed = false)
    {
        Edge[] sorted = [.. edges.Select(e => Checked(e, nodeCount, signed)).Where(e => e.Weight != 0)
            .OrderBy(e => e.Source).ThenBy(e => e.Target)];
        Arguments.Size(nodeCount, sorted.Length, nameof(edges), $"{sorted.Length} edges");
        for (var i = 1; i < sorted.Length; i++)
        {
            var (source, target, weight) = sorted[i];
            if (sorted[i - 1].Source == source && sorted[i - 1].Target == target)
            {
                throw new ArgumentException(
                    $"edges hold {source}-{target} twice (weights {sorted[i - 1].Weight} and {weight}); "
                    + "the graph is undirected: give each edge once, in either direction.", nameof(edges));
            }
        }
        var total = sorted.Sum(e => Math.Abs(e.Weight));
        if (!double.IsFinite(2 * total))
            throw new ArgumentException("edges have weights whose sum overflows; rescale them.", nameof(edges));
        return sorted;
    }

    private static Edge Checked(Edge edge, int nodeCount, bool signed)
    {
        var (source, target, weight) = edge;
        var fault =
            source < 0 || source >= nodeCount || target < 0 || target >= nodeCount
                ? $"leaves the graph; nodes are numbered 0 to {nodeCount - 1}."
            : source == target ? "is a self-loop; remove it, a node has no difference to itself."
            : !double.IsFinite(weight) ? $"has weight {weight}; weights are finite."
            : weight < 0 && !signed ? $"has weight {weight}; only those of {nameof(FromSignedEdges)} may be negative."
            : null;
        if (fault is not null)
            throw new ArgumentException($"edges hold {source}-{target}, which {fault}", "edges");
        return source < target ? edge : edge with { Source = target, Target = source };
    }
}
