using Gsr.Analysis;
using Gsr.Analysis.Metrics;
using Gsr.Graphs;

namespace Gsr.Experiments.ScRnaSeq;

/// <summary>
/// What several networks find alike: neurons of different networks have nothing in common but the cells that they saw,
/// and over these their activations can be compared.
/// </summary>
/// <param name="Signals">Activations [cells, modules]: the mean of a module's standardised neurons, signs aligned.</param>
/// <param name="Networks">In how many networks each module has a neuron, most first.</param>
/// <param name="Neurons">How many neurons it has.</param>
public sealed record ConsensusModules(double[,] Signals, int[] Networks, int[] Neurons)
{
    /// <summary>
    /// Pools the neurons of networks, activations [cells, neurons] each, joins them by average linkage on |r|, the
    /// correlation over the cells (the sign of a linear neuron is free), to as many clusters as a network has different
    /// neurons at most (those that share half of their variance, r² ≥ ½, are copies), and keeps those with neurons of
    /// two networks or more and of at least half of all. Constant neurons are left out.
    /// </summary>
    /// <exception cref="ArgumentException">There is no network, or the numbers of cells differ.</exception>
    public static ConsensusModules Of(IReadOnlyList<double[,]> networks)
    {
        Arguments.NotEmpty(networks, nameof(networks), "network");
        (int Network, double[] Values)[] neurons = [.. networks.SelectMany((codes, network) =>
            codes.Columns().Where(values => values.Any(value => value != values[0]))
                .Select(values => (network, values)))];
        var cells = networks[0].GetLength(0);
        if (neurons.Length == 0) return new(new double[cells, 0], [], []);
        var pool = Matrices.Of(cells, neurons.Length, (cell, neuron) => neurons[neuron].Values[cell]);
        var correlations = NodeCorrelation.Of(pool, pool);
        var tree = Dendrogram.Of(Matrices.Of(neurons.Length, neurons.Length, (i, j) =>
            i == j ? 0 : 1 - Math.Abs(correlations[i, j])));
        var different = Enumerable.Range(0, neurons.Length).GroupBy(i => neurons[i].Network, (_, own) =>
            Different([.. own], correlations)).Max();
        var modules = tree.Cut(different).Select((cluster, neuron) => (cluster, neuron))
            .GroupBy(pair => pair.cluster, pair => pair.neuron)
            .Select(group => (Neurons: group.ToArray(),
                Networks: group.Select(neuron => neurons[neuron].Network).Distinct().Count()))
            .Where(module => module.Networks >= 2 && 2 * module.Networks >= networks.Count)
            .OrderByDescending(module => module.Networks).ThenByDescending(module => module.Neurons.Length).ToArray();

        var signals = new double[cells, modules.Length];
        for (var m = 0; m < modules.Length; m++)
        {
            var own = modules[m].Neurons;
            var centre = own.MaxBy(i => own.Sum(j => Math.Abs(correlations[i, j])));
            double[] signs = [.. own.Select(i => correlations[centre, i] < 0 ? -1.0 : 1)];
            var aligned = Matrices.Of(cells, own.Length, (cell, i) => signs[i] * pool[cell, own[i]]);
            var mean = NodeGroups.Means(aligned, new int[own.Length]);
            for (var cell = 0; cell < cells; cell++) signals[cell, m] = mean[cell, 0];
        }

        return new(signals, [.. modules.Select(m => m.Networks)], [.. modules.Select(m => m.Neurons.Length)]);
    }

    /// <summary>For each module the genes of highest correlation with it, - before a falling one.</summary>
    /// <param name="genes">[cells, genes].</param>
    /// <param name="names">The genes' names.</param>
    /// <param name="count">Genes of each module.</param>
    public string[] TopGenes(double[,] genes, IReadOnlyList<string> names, int count) =>
        Networks.Length == 0 ? [] : [.. NodeCorrelation.Of(Signals, genes).Columns()
            .Select(module => string.Join(" ", module
                .Select((correlation, gene) => (correlation, gene)).Where(pair => double.IsFinite(pair.correlation))
                .OrderByDescending(pair => Math.Abs(pair.correlation)).Take(count)
                .Select(pair => (pair.correlation < 0 ? "-" : "") + names[pair.gene])))];

    private static int Different(int[] own, double[,] correlations) => FeatureGraph.FromEdges(own.Length,
        from j in Enumerable.Range(0, own.Length)
        from i in Enumerable.Range(0, j)
        where correlations[own[i], own[j]] * correlations[own[i], own[j]] >= 0.5
        select new Edge(i, j)).ComponentCount;
}
