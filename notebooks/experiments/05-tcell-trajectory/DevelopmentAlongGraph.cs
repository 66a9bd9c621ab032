using Gsr.Analysis.Metrics;
using Gsr.Graphs;
using Gsr.Learning;

namespace Gsr.Experiments.TCells;

/// <summary>
/// Whether activation moves along a graph of nodes while cells develop: the centroid of each cell's activation
/// (<see cref="ActivationCentroid"/>) on the order of the nodes along the graph's largest component, 0 to 1. A graph
/// has no first end; the positions are reversed where the start of the development would lie higher than the end of one
/// branch.
/// </summary>
public sealed class DevelopmentAlongGraph
{
    private readonly BranchedTrajectory _trajectory;
    private readonly double[] _centroids;

    private DevelopmentAlongGraph(BranchedTrajectory trajectory, double[] positions, double[] centroids) =>
        (_trajectory, Positions, _centroids) = (trajectory, positions, centroids);

    /// <summary>The place of each node, 0 to 1; NaN outside the largest component.</summary>
    public IReadOnlyList<double> Positions { get; }

    /// <summary>Along a graph of the layer's nodes.</summary>
    /// <inheritdoc cref="Of(IReadOnlyList{double}, double[,], BranchedTrajectory, int)"/>
    public static DevelopmentAlongGraph Of(
        FeatureGraph graph, double[,] activations, BranchedTrajectory trajectory, int towards) =>
        Of(NodeOrder.PositionsInLargestComponent(graph), activations, trajectory, towards);

    /// <summary>
    /// Along given positions of the nodes, 0 to 1, such as permuted ones; NaN leaves a node out. The end of the branch
    /// <paramref name="towards"/> lies higher than the start.
    /// </summary>
    /// <exception cref="ArgumentException">The numbers of cells or nodes differ.</exception>
    public static DevelopmentAlongGraph Of(
        IReadOnlyList<double> positions, double[,] activations, BranchedTrajectory trajectory, int towards)
    {
        Arguments.Length(activations.GetLength(0), trajectory.Count, nameof(activations), "cell of the trajectory");
        var centroids = ActivationCentroid.Of(activations, positions);
        var found = new DevelopmentAlongGraph(trajectory, [.. positions], centroids);
        return found.At(trajectory.Start) <= found.At(trajectory.End(towards)) ? found : new DevelopmentAlongGraph(
            trajectory, [.. positions.Select(p => 1 - p)], Array.ConvertAll(centroids, c => 1 - c));
    }

    /// <summary>
    /// Spearman's correlation of centroid and time over some cells, such as a path or a branch; NaN where one of the
    /// two does not vary.
    /// </summary>
    public double Correlation(IReadOnlyList<int> cells) => RankCorrelation.Spearman(
        [.. cells.Select(cell => _centroids[cell])], [.. cells.Select(cell => _trajectory.Times[cell])]);

    /// <summary>The mean centroid of some cells, such as a stage.</summary>
    public double At(IReadOnlyList<int> cells) => cells.Average(cell => _centroids[cell]);
}
