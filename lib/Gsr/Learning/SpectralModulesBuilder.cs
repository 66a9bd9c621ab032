using Gsr.Graphs;
using MathNet.Numerics.LinearAlgebra;

namespace Gsr.Learning;

/// <summary>
/// Divides the nodes into a given number of modules and links every two nodes of a module by 1. The modules are the
/// spectral clusters (Ng, Jordan and Weiss 2002) of a similarity graph, read off its eigenvectors by pivoted QR (Damle,
/// Minden and Ying 2019), which needs no random start.
/// </summary>
/// <remarks>
/// Nodes without an edge in the similarity graph, constant ones among them, are in no module. With fewer linked nodes
/// than modules each is one. A similarity graph of more components than modules has them put together, those of nearest
/// mean activation first.
/// </remarks>
public sealed class SpectralModulesBuilder : IFeatureGraphBuilder
{
    /// <summary>Which side of an axis a node is on does not hang on the sixth digit.</summary>
    private const double Tolerance = 1e-6;

    private readonly int _modules;
    private readonly IFeatureGraphBuilder _similarity;

    /// <summary>
    /// Makes a builder of at least 1 module; the similarity graph is by default that of the 10 nearest neighbours.
    /// </summary>
    public SpectralModulesBuilder(int modules, IFeatureGraphBuilder? similarity = null)
    {
        Arguments.AtLeast(modules, 1, nameof(modules), "there is at least 1 module.");
        (_modules, _similarity) = (modules, similarity ?? new NearestNeighbourBuilder(10));
    }

    /// <inheritdoc/>
    public FeatureGraph Build(NodeActivations activations) => FeatureGraph.Modules(Labels(activations), $"{this}");

    /// <summary>The module of each node, from 0 in the order of their first nodes; -1 for a node in none.</summary>
    public int[] Labels(NodeActivations activations)
    {
        ArgumentNullException.ThrowIfNull(activations);
        var graph = _similarity.Build(activations);
        graph.RequireUnsigned("similarity");
        var degrees = graph.Degrees();
        int[] linked = [.. Enumerable.Range(0, graph.NodeCount).Where(i => degrees[i] > 0)];
        var number = new int[graph.NodeCount];
        for (var i = 0; i < linked.Length; i++) number[linked[i]] = i;
        var labels = new int[graph.NodeCount];
        Array.Fill(labels, -1);
        if (linked.Length == 0) return labels;

        var part = FeatureGraph.FromSortedEdges(
            linked.Length,
            [.. graph.Edges.Select(e => e with { Source = number[e.Source], Target = number[e.Target] })],
            "linked nodes");
        var components = part.Components();
        var found = linked.Length <= _modules ? [.. Enumerable.Range(0, linked.Length)]
            : components.Max() + 1 >= _modules ? Merged(activations, linked, components, _modules)
            : Clusters(part, _modules);
        var names = new Dictionary<int, int>();
        for (var i = 0; i < linked.Length; i++)
        {
            names.TryAdd(found[i], names.Count);
            labels[linked[i]] = names[found[i]];
        }

        return labels;
    }

    /// <summary>Such as "4 spectral modules of 10 nearest neighbours".</summary>
    public override string ToString() => $"{_modules} spectral module{(_modules == 1 ? "" : "s")} of {_similarity}";

    /// <summary>
    /// Spectral clusters of a graph without isolated nodes. The rows of the lowest eigenvectors of the symmetric
    /// normalised Laplacian, at length 1, lie near orthogonal directions, one per cluster. Pivoted QR picks one row of
    /// each; the nearest orthogonal matrix to those turns the directions into axes; a row belongs to the axis along
    /// which it is longest.
    /// </summary>
    private static int[] Clusters(FeatureGraph graph, int clusters)
    {
        var (_, vectors) = LowFrequencies.Of(
            graph.Laplacian(LaplacianKind.SymmetricNormalized).Matrix, 2, clusters, Tolerance);
        var rows = Matrix<double>.Build.DenseOfArray(vectors).NormalizeRows(2);
        var pivots = Pivots(rows, clusters);
        var picked = Matrix<double>.Build.DenseOfRowVectors(pivots.Select(rows.Row)).Transpose().Svd();
        var turned = rows * picked.U * picked.VT;
        return [.. turned.EnumerateRows().Select(row => row.AbsoluteMaximumIndex())];
    }

    /// <summary>
    /// The rows that pivoting would take: each time the one longest after what the earlier ones explain.
    /// </summary>
    private static int[] Pivots(Matrix<double> rows, int count)
    {
        var rest = rows.Clone();
        var pivots = new int[count];
        for (var k = 0; k < count; k++)
        {
            var lengths = rest.RowNorms(2);
            // By a margin, so that rounding does not choose among rows of equal length.
            var best = 0;
            for (var i = 1; i < lengths.Count; i++)
                if (lengths[i] > lengths[best] * (1 + 1e-9)) best = i;
            pivots[k] = best;
            var direction = rest.Row(best);
            var norm = direction.L2Norm();
            if (norm < 1e-12) continue;
            direction /= norm;
            rest -= (rest * direction).OuterProduct(direction);
        }

        return pivots;
    }

    /// <summary>
    /// Joins the two modules of nearest mean activation, again and again; equal distances go to the lower numbers. Of
    /// each the nearest later one is kept, and sought again only where a joining concerns it.
    /// </summary>
    private static int[] Merged(NodeActivations activations, int[] nodes, int[] labels, int count)
    {
        var modules = labels.Max() + 1;
        var means = new double[modules][];
        var sizes = new int[modules];
        for (var m = 0; m < modules; m++) means[m] = new double[activations.Samples];
        for (var i = 0; i < nodes.Length; i++) Add(labels[i], activations.Of(nodes[i]));
        for (var m = 0; m < modules; m++)
            for (var s = 0; s < means[m].Length; s++) means[m][s] *= 1.0 / sizes[m];

        var into = Enumerable.Range(0, modules).ToArray();
        var nearest = new (double Distance, int Module)[modules];
        for (var m = 0; m < modules; m++) nearest[m] = Nearest(m);
        for (var left = modules; left > count; left--)
        {
            var a = 0;
            for (var m = 1; m < modules; m++)
                if (nearest[m].Distance < nearest[a].Distance) a = m;
            var b = nearest[a].Module;
            var total = sizes[a] + sizes[b];
            for (var s = 0; s < means[a].Length; s++)
                means[a][s] = ((sizes[a] * means[a][s]) + (sizes[b] * means[b][s])) / total;
            (sizes[a], sizes[b]) = (total, 0);
            for (var m = 0; m < modules; m++)
            {
                if (into[m] == b) into[m] = a;
                if (m == a || m == b || nearest[m].Module == a || nearest[m].Module == b)
                    nearest[m] = Nearest(m);
                else if (m < a && sizes[m] > 0 && (Distance(m, a), a).CompareTo(nearest[m]) < 0)
                    nearest[m] = (Distance(m, a), a);
            }
        }

        return Array.ConvertAll(labels, label => into[label]);

        void Add(int module, ReadOnlySpan<float> node)
        {
            sizes[module]++;
            for (var s = 0; s < node.Length; s++) means[module][s] += node[s];
        }

        (double, int) Nearest(int module)
        {
            var best = (double.PositiveInfinity, int.MaxValue);
            for (var other = module + 1; sizes[module] > 0 && other < modules; other++)
            {
                var distance = sizes[other] > 0 ? Distance(module, other) : double.PositiveInfinity;
                if (distance < best.Item1) best = (distance, other);
            }

            return best;
        }

        double Distance(int a, int b)
        {
            double distance = 0;
            var (x, y) = (means[a], means[b]);
            for (var s = 0; s < x.Length; s++) distance += (x[s] - y[s]) * (x[s] - y[s]);
            return distance;
        }
    }
}
