using Gsr.Graphs;

namespace Gsr.SingleCell.Preparation;

/// <summary>
/// The diffusion map of a graph of cells: where random walks from cell to cell lead. Trajectories become curves, groups
/// become tips. Pseudotime is the distance in it from a root cell.
/// </summary>
/// <remarks>
/// With W the weights (Coifman and Lafon 2006, α = 1, so that the density of cells does not matter; Haghverdi et al.
/// 2016):
/// <code>
/// K = Q^-1 W Q^-1,  Q = diag(Σⱼ Wᵢⱼ)        T = Z^-½ K Z^-½,  Z = diag(Σⱼ Kᵢⱼ)
/// T uₖ = λₖ uₖ,  1 = λ₀ ≥ λ₁ ≥ ..          ψₖ = uₖ / u₀, right eigenvectors of the walk Z^-1 K
/// </code>
/// Eigenvalues of 1, one for each connected component of the graph, add no information and are left out.
/// </remarks>
/// <example><code>
/// CellGraph neighbours = CellGraph.Of(pca.Scores);
/// DiffusionMap map = DiffusionMap.Of(neighbours.Graph);
/// double[] pseudotime = map.Pseudotime(root: 0);
/// </code></example>
public sealed class DiffusionMap
{
    private const int MostParts = 32;
    private const double Tolerance = 1e-9;
    private readonly int[] _parts;

    private DiffusionMap(double[] eigenvalues, double[,] coordinates, int[] parts) =>
        (Eigenvalues, Coordinates, _parts) = (eigenvalues, coordinates, parts);

    /// <summary>λ₁ ≥ λ₂ ≥ .., without those of 1 that belong to the connected components.</summary>
    public IReadOnlyList<double> Eigenvalues { get; }

    /// <summary>
    /// ψₖ, [cells, components], of mean square 1 when cells are weighted by how often a walk visits them; isolated
    /// cells lie at 0; not a copy.
    /// </summary>
    public double[,] Coordinates { get; }

    /// <summary>Number of components of the map.</summary>
    public int Components => Eigenvalues.Count;

    /// <summary>Computes the map.</summary>
    /// <param name="graph">Of cells, such as <see cref="CellGraph.Graph"/> with Gaussian weights.</param>
    /// <param name="components">How many, at least 1; default 15; lowered to what the graph has.</param>
    /// <exception cref="ArgumentException">The graph has no edge, or more than 32 connected components.</exception>
    public static DiffusionMap Of(FeatureGraph graph, int components = 15)
    {
        ArgumentNullException.ThrowIfNull(graph);
        graph.RequireUnsigned(nameof(graph));
        Arguments.AtLeast(components, 1, nameof(components), "a map has at least 1 component.");
        var parts = graph.Components();
        int partCount = parts.Max() + 1, cells = graph.NodeCount;
        if (graph.Edges.Count == 0 || partCount > MostParts)
        {
            throw new ArgumentException(
                $"graph falls into {partCount} connected components; a diffusion map needs an edge and " +
                $"at most {MostParts} components: take more neighbours, or select the cells of a large component.",
                nameof(graph));
        }
        var density = graph.Degrees();
        Edge[] kernel = [.. graph.Edges.Select(
            edge => edge with { Weight = edge.Weight / density[edge.Source] / density[edge.Target] })];
        var normalised = FeatureGraph.FromSortedEdges(cells, kernel, "diffusion kernel");
        var visits = normalised.Degrees();
        var count = Math.Min(components + partCount, cells);
        // T = I - L, so that its largest eigenvalues are the smallest of the Laplacian, which lie between 0 and 2.
        (var frequencies, var all) = LowFrequencies.Of(
            normalised.Laplacian(LaplacianKind.SymmetricNormalized).Matrix, 2, count, Tolerance);
        var kept = count - partCount;
        var coordinates = new double[cells, kept];
        var total = visits.Sum();
        for (var cell = 0; cell < cells; cell++)
        {
            var share = Math.Sqrt(visits[cell] / total);
            for (var k = 0; k < kept; k++)
                coordinates[cell, k] = share > 0 ? all[cell, partCount + k] / share : 0;
        }
        return new DiffusionMap(
            [.. frequencies.Skip(partCount).Select(frequency => 1 - frequency)], coordinates, parts);
    }

    /// <summary>
    /// Diffusion pseudotime (Haghverdi et al. 2016) √(Σₖ (λₖ / (1 - λₖ))² (ψₖ(x) - ψₖ(root))²), which adds up walks of
    /// all lengths, divided by its largest value.
    /// </summary>
    /// <remarks>
    /// scanpy takes uₖ in place of ψₖ: there a cell at the end of a path, which has fewer links, may come before the
    /// cell next to it.
    /// </remarks>
    /// <param name="root">The cell where the process begins, from 0.</param>
    /// <returns>One value per cell, 0 to 1; infinite for cells that no path of the graph links to the root.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such cell.</exception>
    public double[] Pseudotime(int root)
    {
        if ((uint)root >= (uint)_parts.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(root), root, $"root is {root}; there are {_parts.Length} cells.");
        }
        var times = new double[_parts.Length];
        double last = 0;
        for (var cell = 0; cell < times.Length; cell++)
        {
            if (_parts[cell] != _parts[root])
            {
                times[cell] = double.PositiveInfinity;
                continue;
            }
            double sum = 0;
            for (var k = 0; k < Components; k++)
            {
                var step = Eigenvalues[k] / (1 - Eigenvalues[k]) * (Coordinates[cell, k] - Coordinates[root, k]);
                sum += step * step;
            }
            times[cell] = Math.Sqrt(sum);
            last = Math.Max(last, times[cell]);
        }
        return last > 0 ? Array.ConvertAll(times, time => time / last) : times;
    }

    /// <summary>For example "diffusion map of 1000 cells, 15 components from 0.998".</summary>
    public override string ToString() => FormattableString.Invariant(
        $"diffusion map of {_parts.Length} cells, {Components} components from ")
        + FormattableString.Invariant($"{(Components > 0 ? Eigenvalues[0] : 0):0.###}");
}
