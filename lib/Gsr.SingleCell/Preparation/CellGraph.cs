using Gsr.Graphs;
using Gsr.Learning;

namespace Gsr.SingleCell.Preparation;

/// <summary>The exact k nearest neighbours of each cell, and the undirected weighted graph of them.</summary>
/// <remarks>
/// Distances are taken in single precision, all pairs block by block: O(cells² · coordinates) time, O(cells · k)
/// memory; of more than 20,000 cells take a random sample, and bring the others in by <see cref="CellProjection"/>. Of
/// equally distant cells the first are chosen. scanpy's n_neighbors counts the cell itself: its 15 are 14 here.
/// </remarks>
/// <example><code>
/// PcaResult pca = Pca.Fit(prepared, 30);
/// CellGraph neighbours = CellGraph.Of(pca.Scores);
/// DiffusionMap map = DiffusionMap.Of(neighbours.Graph);
/// </code></example>
public sealed class CellGraph
{
    private CellGraph(FeatureGraph graph, int[,] neighbours, double[,] distances) =>
        (Graph, Neighbours, Distances) = (graph, neighbours, distances);

    /// <summary>
    /// One node per cell. Cells are linked where one of the two is among the other's k nearest, by the locally scaled
    /// kernel of Haghverdi et al. 2016, √(2σᵢσⱼ / (σᵢ² + σⱼ²)) exp(-d² / (σᵢ² + σⱼ²)), with d their Euclidean distance
    /// and σᵢ half the distance from cell i to its k-th neighbour. Weights lie between 0 and 1.
    /// </summary>
    public FeatureGraph Graph { get; }

    /// <summary>Per cell its nearest others, [cells, k], nearest first; not a copy.</summary>
    public int[,] Neighbours { get; }

    /// <summary>Their Euclidean distances, [cells, k]; not a copy.</summary>
    public double[,] Distances { get; }

    /// <summary>Finds the neighbours.</summary>
    /// <param name="coordinates">[cells, dimensions], finite, at least two cells; such as PCA scores.</param>
    /// <param name="neighbours">k, at least 1; default 15; lowered to the number of other cells.</param>
    /// <exception cref="ArgumentException">There are not two cells, no dimensions, or a value not finite.</exception>
    public static CellGraph Of(double[,] coordinates, int neighbours = 15)
    {
        ArgumentNullException.ThrowIfNull(coordinates);
        return Of(coordinates.GetLength(0), coordinates.GetLength(1), (cell, i) => coordinates[cell, i], neighbours);
    }

    /// <summary>Finds the neighbours.</summary>
    /// <param name="coordinates">[cells, dimensions], such as <see cref="NetworkInputs.Matrix"/> or codes.</param>
    /// <param name="neighbours">k, at least 1; default 15; lowered to the number of other cells.</param>
    /// <param name="progress">Takes a line up to four times a second where it takes longer than one.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ArgumentException">There are not two cells, no dimensions, or a value not finite.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static CellGraph Of(float[,] coordinates, int neighbours = 15, Action<string>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(coordinates);
        return Of(coordinates.GetLength(0), coordinates.GetLength(1), (cell, i) => coordinates[cell, i], neighbours,
            new Watch(progress, cancellationToken));
    }

    private static CellGraph Of(
        int cells, int dimensions, Func<int, int, double> coordinates, int neighbours, Watch? watch = null)
    {
        Arguments.AtLeast(neighbours, 1, nameof(neighbours), "a cell needs at least 1 neighbour.");
        if (cells < 2 || dimensions < 1)
        {
            throw new ArgumentException(
                $"coordinates is {cells}x{dimensions}; give at least two cells and one dimension.",
                nameof(coordinates));
        }
        var k = Math.Min(neighbours, cells - 1);
        var distances = new DistanceRows(
            Transposed(cells, dimensions, coordinates), NodeDistance.Euclidean, withConstant: true);
        var nearest = Nearest(distances, k, watch?.Step("nearest cells"));
        var found = new int[cells, k];
        var lengths = new double[cells, k];
        for (var cell = 0; cell < cells; cell++)
        {
            for (var i = 0; i < k; i++)
            {
                found[cell, i] = nearest[cell][i].Row;
                lengths[cell, i] = Math.Sqrt(nearest[cell][i].Value * distances.ValueUnit);
            }
        }
        return new CellGraph(Linked(found, lengths), found, lengths);
    }

    /// <summary>Finds the neighbours from one row of coordinates per cell.</summary>
    /// <param name="coordinates">Such as CellArrays["X_pca"], or the channels of a cytometer.</param>
    /// <param name="neighbours">k, at least 1; default 15; lowered to the number of other cells.</param>
    /// <exception cref="ArgumentException">There are not two cells, no dimensions, or a value not finite.</exception>
    public static CellGraph Of(ExpressionMatrix coordinates, int neighbours = 15)
    {
        ArgumentNullException.ThrowIfNull(coordinates);
        var values = coordinates.ToArray();
        return Of(coordinates.Rows, coordinates.Columns,
            (cell, i) => values[(cell * coordinates.Columns) + i], neighbours);
    }

    /// <summary>Such as "15 nearest cells, gaussian weights, 2638 nodes, 24000 edges".</summary>
    public override string ToString() => Graph.ToString();

    private static FeatureGraph Linked(int[,] neighbours, double[,] distances)
    {
        (var cells, var k) = (neighbours.GetLength(0), neighbours.GetLength(1));
        double[] scales = [.. Enumerable.Range(0, cells).Select(cell => distances[cell, k - 1] / 2)];
        var links = new Dictionary<(int Source, int Target), double>(cells * k);
        for (var cell = 0; cell < cells; cell++)
        {
            for (var i = 0; i < k; i++)
            {
                var other = neighbours[cell, i];
                links.TryAdd(cell < other ? (cell, other) : (other, cell), distances[cell, i]);
            }
        }
        Edge[] edges = [.. links.Select(link => new Edge(link.Key.Source, link.Key.Target,
                Weight(link.Value, scales[link.Key.Source], scales[link.Key.Target])))
            .Where(edge => edge.Weight > 0).OrderBy(edge => edge.Source).ThenBy(edge => edge.Target)];
        return FeatureGraph.FromSortedEdges(cells, edges, $"{k} nearest cells, gaussian weights");
    }

    private static double Weight(double distance, double a, double b)
    {
        var squares = (a * a) + (b * b);
        // A cell with k duplicates has no width: the kernel's limit for equal widths that vanish, as for its
        // duplicates.
        if (squares == 0) return distance == 0 ? 1 : 0;
        if (a == 0 || b == 0) return 0;
        return Math.Sqrt(2 * a * b / squares) * Math.Exp(-distance * distance / squares);
    }

    private static (int Row, float Value)[][] Nearest(DistanceRows distances, int k, Watch? watch)
    {
        var (cells, done) = (distances.Nodes.Length, 0);
        var nearest = new (int, float)[cells][];
        try
        {
            distances.ForEach((row, values) =>
            {
                nearest[row] = NearestNodes.Of(row, values, k);
                watch?.ReportOne(Interlocked.Increment(ref done) / (double)cells);
            });
        }
        catch (AggregateException error) when (error.InnerException is OperationCanceledException inner)
        {
            throw inner;
        }
        return nearest;
    }

    private static NodeActivations Transposed(int cells, int dimensions, Func<int, int, double> coordinates)
    {
        var transposed = new double[dimensions, cells];
        for (var cell = 0; cell < cells; cell++)
        {
            for (var dimension = 0; dimension < dimensions; dimension++)
            {
                var value = coordinates(cell, dimension);
                if (!float.IsFinite((float)value))
                {
                    throw new ArgumentException(
                        $"coordinates[{cell}, {dimension}] is {value}; every coordinate is finite " +
                        "in single precision: drop the cell first.", nameof(coordinates));
                }
                transposed[dimension, cell] = value;
            }
        }
        return NodeActivations.From(transposed);
    }
}
