using Gsr.Analysis;
using Gsr.Analysis.Metrics;
using Gsr.Analysis.Pictures;
using Gsr.Graphs;
using Gsr.Learning;

namespace Gsr.Experiments;

/// <summary>A network that has seen the cells, and the graph of its code's neurons.</summary>
/// <param name="Recipe">How it was trained.</param>
/// <param name="Seed">Of its weights and batches.</param>
/// <param name="Graph">The last graph.</param>
/// <param name="Codes">Activations [cells, neurons], without noise.</param>
/// <param name="Error">Squared error of reconstruction, mean over cells and markers.</param>
/// <param name="Snapshots">How the graph formed.</param>
public sealed record TrainedNetwork(Recipe Recipe, int Seed, FeatureGraph Graph, double[,] Codes, double Error,
    IReadOnlyList<GraphSnapshot> Snapshots)
{
    /// <summary>Components of the last graph without silent neurons.</summary>
    public int Components => Snapshots[^1].Components;

    /// <summary>The squared error of each network.</summary>
    public static Replicates Errors(IEnumerable<TrainedNetwork> networks) => new(networks.Select(n => n.Error));

    /// <summary>A number of the graphs of one recipe's networks while they form, such as their components.</summary>
    public static Curve Forming(IReadOnlyList<TrainedNetwork> networks, Func<GraphSnapshot, double> value) =>
        Curve.MeanOf(networks[0].Recipe.Name, [.. networks[0].Snapshots.Select(graph => (double)graph.Step)],
            [.. networks.Select(n => n.Snapshots.Select(value).ToArray())]);

    /// <summary>How many of some networks have a graph of one component.</summary>
    public static Estimate Connected(IReadOnlyCollection<TrainedNetwork> networks) =>
        Estimate.Share(networks.Count(n => n.Components == 1), networks.Count);

    /// <summary>
    /// How alike the profiles of correlations with measured quantities [cells, quantities] are: of neurons next to each
    /// other along the graph's largest component, and of any two of it. Silent neurons are left out.
    /// </summary>
    public (double Next, double Any) ProfilesAlike(double[,] quantities)
    {
        var profiles = NodeCorrelation.Of(Codes, quantities).Transposed();
        int[] order = [.. NodeOrder.AlongComponents(Graph)[0].Where(node => double.IsFinite(profiles[node, 0]))];
        var ordered = profiles.SelectRows(order);
        return (ProfileCorrelation.Along(ordered, [.. Enumerable.Range(0, order.Length)]),
            ProfileCorrelation.Of(ordered, new int[order.Length]).Within);
    }
}
