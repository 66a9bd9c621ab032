using Gsr.Graphs;
using Gsr.Learning;

namespace Gsr.Experiments.TCells;

/// <summary>
/// A graph drawn along its order: from left to right the place of a node along it, downwards its entry in the
/// eigenvector of L = D - W that follows the Fiedler vector.
/// </summary>
public static class FiedlerLayout
{
    /// <summary>
    /// Positions 0 to 2 across, from places of 0 to 1 (<see cref="NodeOrder.PositionsInLargestComponent"/>), and 0 to
    /// 1.4 down; a node without a place (NaN) stands right of all.
    /// </summary>
    public static NodePosition[] Of(FeatureGraph graph, IReadOnlyList<double> places)
    {
        Arguments.Length(places.Count, graph.NodeCount, nameof(places), "node");
        var (_, vectors) = LowFrequencies.Of(graph.Laplacian().Matrix, 2 * graph.Degrees().Max(), 3);
        double[] third = [.. Enumerable.Range(0, graph.NodeCount).Select(node => vectors[node, 2])];
        var (low, high) = (third.Min(), third.Max());
        return [.. third.Select((value, node) => new NodePosition(
            double.IsNaN(places[node]) ? 2.2 : 2 * places[node],
            high > low ? 1.4 * (value - low) / (high - low) : 0.7))];
    }
}
