using Gsr.Analysis;
using Gsr.Analysis.Metrics;

namespace Gsr.Experiments.LearnedGraphs;

/// <summary>
/// Which module each node follows, where the data's modules are known: the one whose being on or off it correlates with
/// most, by Pearson's |r|; the sign is free.
/// </summary>
/// <param name="WithEach">r of every node with every module, [modules, nodes]; NaN for a constant node.</param>
/// <param name="Modules">The module of each node, from 0; -1 for a constant node, or where no module varies.</param>
/// <param name="Correlations">r with that module, -1 .. 1; 0 for a node without one.</param>
public sealed record NodeTruth(
    double[,] WithEach, IReadOnlyList<int> Modules, IReadOnlyList<double> Correlations)
{
    /// <summary>The module of every node of a layer, by its activations [samples, nodes] on the data.</summary>
    /// <exception cref="ArgumentException">The numbers of samples differ.</exception>
    public static NodeTruth Of(double[,] activations, ModulePatternData data)
    {
        var all = NodeCorrelation.Of(activations, data.States());
        int[] modules = [.. all.Columns().Select(Strongest)];
        return new NodeTruth(all, modules, [.. modules.Select((module, node) => module < 0 ? 0 : all[module, node])]);
    }

    private static int Strongest(double[] correlations)
    {
        var (strongest, largest) = (-1, 0.0);
        for (var module = 0; module < correlations.Length; module++)
        {
            // NaN is above nothing.
            if (Math.Abs(correlations[module]) > largest)
                (strongest, largest) = (module, Math.Abs(correlations[module]));
        }

        return strongest;
    }

    /// <summary>The nodes by module, within it from the most positive to the most negative correlation.</summary>
    public int[] Order() => [.. Enumerable.Range(0, Modules.Count)
        .OrderBy(node => Modules[node]).ThenByDescending(node => Correlations[node])];
}
