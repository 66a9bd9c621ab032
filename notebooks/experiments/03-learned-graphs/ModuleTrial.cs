using Gsr.Analysis;
using Gsr.Analysis.Metrics;
using Gsr.Learning;

namespace Gsr.Experiments.LearnedGraphs;

/// <summary>What one trained network's code says about the modules of its data.</summary>
/// <param name="Modules">n, the number of modules of the data.</param>
/// <param name="Components">Components of the counted graph among the nodes that are alive.</param>
/// <param name="Groups">Those of them that have at least two nodes.</param>
/// <param name="Live">Nodes whose standard deviation is at least <see cref="LeastDeviation"/>.</param>
/// <param name="Pure">Live nodes that share at least half of their variance with one module.</param>
/// <param name="Found">Modules that have a pure node.</param>
/// <param name="Ari">
/// Adjusted Rand index of the components and the modules that live nodes correlate with most.
/// </param>
public sealed record ModuleTrial(int Modules, int Components, int Groups, int Live, int Pure, int Found, double Ari)
{
    /// <summary>Below it a node of a code of 0 .. 1 counts as dead.</summary>
    public const double LeastDeviation = 0.05;

    /// <summary>Mean squared error on fresh samples with the noise of training on the code: needs no label.</summary>
    public double NoisyError { get; init; } = double.NaN;

    /// <summary>Components of the last graph that was built while training.</summary>
    public int Learned { get; init; }

    /// <summary>Components of other graphs of the same nodes, by the name of the graph.</summary>
    public IReadOnlyDictionary<string, int> Others { get; init; } = new Dictionary<string, int>();

    /// <summary>As many components as modules.</summary>
    public bool IsExact => Components == Modules;

    /// <summary>Exact, every live node pure, every module found: the components are the modules.</summary>
    public bool IsStrict => IsExact && Pure == Live && Found == Modules;

    /// <summary>
    /// Counts the components of a graph that <paramref name="counting"/> builds from a code [samples, nodes] of the
    /// data.
    /// </summary>
    public static ModuleTrial Of(double[,] code, ModulePatternData data, IFeatureGraphBuilder counting)
    {
        bool[] isLive = [.. code.Columns().Select(node => Deviation(node) >= LeastDeviation)];
        int[] live = [.. Enumerable.Range(0, isLive.Length).Where(node => isLive[node])];
        var modules = data.Options.Modules;
        if (live.Length == 0) return new ModuleTrial(modules, 0, 0, 0, 0, 0, 0);
        var labels = counting.Build(NodeActivations.From(code)).ComponentsAmong((a, b) => isLive[a] && isLive[b]);
        var truth = NodeTruth.Of(code, data);
        int[] pure = [.. live.Where(node => truth.Correlations[node] * truth.Correlations[node] >= 0.5)];
        int[] found = [.. live.Select(node => labels[node])];
        var sizes = found.CountBy(label => label).Select(size => size.Value).ToArray();
        return new ModuleTrial(
            modules, sizes.Length, sizes.Count(size => size >= 2), live.Length, pure.Length,
            pure.Select(node => truth.Modules[node]).Distinct().Count(),
            Partition.AdjustedRandIndex(found, [.. live.Select(node => truth.Modules[node])]));
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
