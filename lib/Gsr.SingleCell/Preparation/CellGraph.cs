using Gsr.Graphs;
using Gsr.Learning;

namespace Gsr.SingleCell.Preparation;

/// <summary>
/// The k nearest neighbours of each cell, found exactly, and the undirected weighted graph that they make. Communities,
/// components and Laplacians are those of its <see cref="Graph"/>.
/// </summary>
/// <remarks>
/// Distances are taken in single precision, all pairs block by block: O(cells² · coordinates) time, O(cells · k) memory. Of
/// equally distant cells the first are chosen. scanpy's n_neighbors counts the cell itself: its 15 are 14 here.
/// </remarks>
/// <example><code>
/// PcaResult pca = Pca.Fit(prepared, 30);
/// CellGraph neighbours = CellGraph.Of(pca.Scores);
/// int[] clusters = LeidenCommunities.Of(neighbours.Graph);
/// </code></example>
public sealed class CellGraph
{
    private CellGraph(FeatureGraph graph, int[,] neighbours, double[,] distances, CellWeights weights) =>
        (Graph, Neighbours, Distances, Weights) = (graph, neighbours, distances, weights);

    /// <summary>One node per cell; weights between 0 and 1.</summary>
    public FeatureGraph Graph { get; }

    /// <summary>Per cell its nearest others, [cells, k], nearest first; not a copy.</summary>
    public int[,] Neighbours { get; }

    /// <summary>Their Euclidean distances, [cells, k]; not a copy.</summary>
    public double[,] Distances { get; }

    /// <summary>What the weights are.</summary>
    public CellWeights Weights { get; }

    /// <summary>Finds the neighbours.</summary>
    /// <param name="coordinates">[cells, dimensions], such as <see cref="PcaResult.Scores"/>; finite, at least two cells.</param>
    /// <param name="neighbours">k, at least 1; default 15; lowered to the number of other cells.</param>
    /// <param name="weights">Default Gaussian.</param>
    /// <exception cref="ArgumentException">There are fewer than two cells, no dimensions, or a value is not finite.</exception>
    public static CellGraph Of(double[,] coordinates, int neighbours = 15, CellWeights weights = CellWeights.Gaussian)
    {
        ArgumentNullException.ThrowIfNull(coordinates);
        Arguments.AtLeast(neighbours, 1, nameof(neighbours), "a cell needs at least 1 neighbour.");
        if (!Enum.IsDefined(weights))
            throw new ArgumentOutOfRangeException(nameof(weights), weights, $"weights is {weights}; choose {string.Join(", ", Enum.GetNames<CellWeights>())}.");
        (int cells, int dimensions) = (coordinates.GetLength(0), coordinates.GetLength(1));
        if (cells < 2 || dimensions < 1)
        {
            throw new ArgumentException(
                $"coordinates is {cells}x{dimensions}; give at least two cells and one dimension.", nameof(coordinates));
        }
        int k = Math.Min(neighbours, cells - 1);
        var distances = new DistanceRows(Turned(coordinates), NodeDistance.Euclidean, withConstant: true);
        (int Row, float Value)[][] nearest = NearestNodes.Of(distances, k);
        var found = new int[cells, k];
        var lengths = new double[cells, k];
        for (int cell = 0; cell < cells; cell++)
        {
            for (int i = 0; i < k; i++)
            {
                found[cell, i] = nearest[cell][i].Row;
                lengths[cell, i] = Math.Sqrt(nearest[cell][i].Value * distances.ValueUnit);
            }
        }
        string name = $"{k} nearest cells, {weights.ToString().ToLowerInvariant()} weights";
        return new CellGraph(CellLinks.Graph(found, lengths, weights, name), found, lengths, weights);
    }

    /// <summary>Finds the neighbours from one row of coordinates per cell.</summary>
    /// <param name="coordinates">Such as <see cref="AnnotatedMatrix.CellArrays"/>["X_pca"], or the channels of a cytometer.</param>
    /// <param name="neighbours">k, at least 1; default 15; lowered to the number of other cells.</param>
    /// <param name="weights">Default Gaussian.</param>
    /// <exception cref="ArgumentException">There are fewer than two cells, no dimensions, or a value is not finite.</exception>
    public static CellGraph Of(ExpressionMatrix coordinates, int neighbours = 15, CellWeights weights = CellWeights.Gaussian)
    {
        ArgumentNullException.ThrowIfNull(coordinates);
        float[] values = coordinates.ToArray();
        var matrix = new double[coordinates.Rows, coordinates.Columns];
        for (int k = 0; k < values.Length; k++)
            matrix[k / coordinates.Columns, k % coordinates.Columns] = values[k];
        return Of(matrix, neighbours, weights);
    }

    /// <summary>Such as "15 nearest cells, gaussian weights, 2638 nodes, 24000 edges".</summary>
    public override string ToString() => Graph.ToString();

    private static NodeActivations Turned(double[,] coordinates)
    {
        var turned = new double[coordinates.GetLength(1), coordinates.GetLength(0)];
        for (int cell = 0; cell < coordinates.GetLength(0); cell++)
        {
            for (int dimension = 0; dimension < coordinates.GetLength(1); dimension++)
            {
                double value = coordinates[cell, dimension];
                if (!float.IsFinite((float)value))
                {
                    throw new ArgumentException($"coordinates[{cell}, {dimension}] is {value}; every coordinate is finite " +
                        "in single precision: drop the cell first.", nameof(coordinates));
                }
                turned[dimension, cell] = value;
            }
        }
        return NodeActivations.From(turned);
    }
}
