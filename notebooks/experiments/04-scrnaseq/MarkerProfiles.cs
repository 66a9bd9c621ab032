using Gsr.Analysis;
using Gsr.Analysis.Metrics;
using Gsr.Learning;

namespace Gsr.Experiments.ScRnaSeq;

/// <summary>What neurons stand for: the profile of each is its correlation with marker genes over the cells.</summary>
/// <param name="Genes">The markers' names.</param>
/// <param name="Values">[cells, markers].</param>
public sealed record MarkerProfiles(IReadOnlyList<string> Genes, double[,] Values)
{
    /// <summary>Correlations [markers, neurons] of a network.</summary>
    public double[,] Of(TrainedNetwork network) => NodeCorrelation.Of(network.Codes, Values);

    /// <summary>The order of the markers that puts like ones side by side for a network.</summary>
    public int[] GeneOrder(TrainedNetwork network) => Dendrogram.OfRows(Of(network)).OptimalOrder();

    /// <summary>The order of the neurons that puts like profiles side by side, whatever the graph.</summary>
    public int[] BestOrder(TrainedNetwork network) => Dendrogram.OfRows(Of(network).Transposed()).OptimalOrder();

    /// <summary>The neurons by component, largest first, in order along each, with -1 between components.</summary>
    public static int[] ByComponent(TrainedNetwork network) =>
        [.. NodeOrder.AlongComponents(network.Graph).SelectMany(component => (int[])[-1, .. component]).Skip(1)];

    /// <summary>Networks by the components of their graphs, in order along them.</summary>
    public NeuronStructure ByGraph(string name, IReadOnlyList<TrainedNetwork> networks) =>
        Structure(name, networks, n => n.Graph.Components(), n => NodeOrder.Of(n.Graph));

    /// <summary>The same with the neurons in their best order.</summary>
    public NeuronStructure BestOrdered(string name, IReadOnlyList<TrainedNetwork> networks) =>
        Structure(name, networks, n => n.Graph.Components(), BestOrder);

    /// <summary>
    /// Networks with the components of others dealt to their neurons at random, one of the others for each, and the
    /// neurons in random order.
    /// </summary>
    public NeuronStructure Dealt(
        string name, IReadOnlyList<TrainedNetwork> networks, IReadOnlyList<TrainedNetwork> others)
    {
        var modules = networks.Zip(others).ToDictionary(pair => pair.First,
            pair => pair.Second.Graph.Components().Shuffled(new Random(pair.First.Seed)));
        return Structure(name, networks, n => modules[n],
            n => Enumerable.Range(0, modules[n].Length).Shuffled(new Random(n.Seed)));
    }

    private NeuronStructure Structure(string name, IReadOnlyList<TrainedNetwork> networks,
        Func<TrainedNetwork, int[]> modules, Func<TrainedNetwork, int[]> order)
    {
        var profiles = networks.ToDictionary(n => n, n => Of(n).Transposed());
        return new(name,
            Over(n => modules(n).Distinct().Count()),
            Over(n => modules(n).CountBy(m => m).Max(m => m.Value)),
            Over(n => ProfileCorrelation.Of(profiles[n], modules(n)).Within),
            Over(n => ProfileCorrelation.Of(profiles[n], modules(n)).Between),
            Over(n => ProfileCorrelation.Along(profiles[n], order(n))),
            Over(n => ProfileCorrelation.Of(n.Codes.Transposed(), modules(n)).Within));

        Replicates Over(Func<TrainedNetwork, double> value) =>
            new(networks.Select(value).Where(double.IsFinite).DefaultIfEmpty(double.NaN));
    }

    /// <summary>
    /// By how much the correlation with some genes changes along the largest component of each network, from the end
    /// with more of a first gene to the one with less; NaN where a gene is missing.
    /// </summary>
    public Replicates ChangeAlongLargest(
        IEnumerable<TrainedNetwork> networks, string falling, params string[] genes) => new(networks.Select(network =>
    {
        var (correlations, component) = (Of(network), NodeOrder.AlongComponents(network.Graph)[0]);
        return Change(falling) > 0 ? -genes.Average(Change) : genes.Average(Change);

        double Change(string gene) => Genes.ToList().IndexOf(gene) is >= 0 and var row
            ? correlations[row, component[^1]] - correlations[row, component[0]] : double.NaN;
    }));
}
