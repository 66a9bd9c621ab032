using Gsr.Analysis.Metrics;
using Gsr.Graphs;
using Gsr.Learning;

namespace Gsr.Experiments.TCells;

/// <summary>
/// Whether activation moves along a graph of nodes while cells develop: the centroid of each cell's activation
/// (<see cref="ActivationCentroid"/>) on the order of the nodes along the graph's largest component, 0 to 1. A graph has no
/// first end; the positions are turned such that the start of the development lies lower than the end of one branch.
/// </summary>
/// <example><code>
/// var development = DevelopmentAlongGraph.Of(learned.Graph, codes, trajectory, towards: 2);
/// double moves = development.Correlation(trajectory.Path(2));        // Spearman with the time
/// </code></example>
public sealed class DevelopmentAlongGraph
{
    private readonly BranchedTrajectory _trajectory;
    private readonly double[] _centroids;

    private DevelopmentAlongGraph(BranchedTrajectory trajectory, double[] positions, double[] centroids) =>
        (_trajectory, Positions, _centroids) = (trajectory, positions, centroids);

    /// <summary>The place of each node, 0 to 1; NaN outside the largest component.</summary>
    public IReadOnlyList<double> Positions { get; }

    /// <summary>The centroid of each cell, 0 to 1.</summary>
    public IReadOnlyList<double> Centroids => _centroids;

    /// <summary>Along a graph.</summary>
    /// <param name="graph">Of the layer's nodes.</param>
    /// <param name="activations">[cells, nodes], finite.</param>
    /// <param name="trajectory">Of the same cells.</param>
    /// <param name="towards">The branch whose end is to lie higher than the start.</param>
    /// <exception cref="ArgumentException">The numbers of cells or nodes differ, or there is no such branch.</exception>
    public static DevelopmentAlongGraph Of(FeatureGraph graph, double[,] activations, BranchedTrajectory trajectory, int towards) =>
        Of(NodeOrder.PositionsInLargestComponent(graph), activations, trajectory, towards);

    /// <summary>Along given positions of the nodes, such as permuted ones.</summary>
    /// <param name="positions">One per node, 0 to 1; NaN leaves a node out.</param>
    /// <param name="activations">[cells, nodes], finite.</param>
    /// <param name="trajectory">Of the same cells.</param>
    /// <param name="towards">The branch whose end is to lie higher than the start.</param>
    /// <exception cref="ArgumentException">The numbers of cells or nodes differ, or there is no such branch.</exception>
    public static DevelopmentAlongGraph Of(IReadOnlyList<double> positions, double[,] activations, BranchedTrajectory trajectory, int towards)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(activations);
        ArgumentNullException.ThrowIfNull(trajectory);
        Arguments.Length(activations.GetLength(0), trajectory.Count, nameof(activations), "cell of the trajectory");
        var stages = trajectory.Stages();
        if (towards < 1 || towards > trajectory.BranchCount)
            throw new ArgumentOutOfRangeException(nameof(towards), towards, $"There is no branch {towards}; there are 1 to {trajectory.BranchCount}.");
        var centroids = ActivationCentroid.Of(activations, positions);
        var found = new DevelopmentAlongGraph(trajectory, [.. positions], centroids);
        return found.At(stages[0].Cells) <= found.At(stages[1 + towards].Cells) ? found
            : new DevelopmentAlongGraph(trajectory, [.. positions.Select(p => 1 - p)], Array.ConvertAll(centroids, c => 1 - c));
    }

    /// <summary>Spearman's correlation of centroid and time over some cells, such as a path or a branch.</summary>
    /// <param name="cells">At least two.</param>
    /// <returns>-1 to 1; NaN where one of the two does not vary.</returns>
    public double Correlation(IReadOnlyList<int> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        return RankCorrelation.Spearman([.. cells.Select(cell => _centroids[cell])], [.. cells.Select(cell => _trajectory.Times[cell])]);
    }

    /// <summary>The mean centroid of some cells, such as a stage.</summary>
    /// <param name="cells">At least one.</param>
    public double At(IReadOnlyList<int> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        return cells.Average(cell => _centroids[cell]);
    }
}
