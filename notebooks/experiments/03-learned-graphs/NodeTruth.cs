using Gsr.Learning;

namespace Gsr.Experiments.LearnedGraphs;

/// <summary>
/// Which module each node follows, where the data's modules are known: the one whose being on or off it correlates with
/// most, by Pearson's |r|; the sign is free.
/// </summary>
/// <param name="Modules">The module of each node, from 0; -1 for a constant node, or where no module varies.</param>
/// <param name="Correlations">r with that module, -1 .. 1; 0 for a node without one.</param>
public sealed record NodeTruth(IReadOnlyList<int> Modules, IReadOnlyList<double> Correlations)
{
    /// <summary>The module of every node of a layer, by its activations on the samples of the data.</summary>
    /// <exception cref="ArgumentException">The numbers of samples differ.</exception>
    public static NodeTruth Of(NodeActivations activations, ModulePatternData data)
    {
        Arguments.Length(activations.Samples, data.Samples, nameof(activations), "sample of data");
        var modules = new int[activations.Nodes];
        var correlations = new double[activations.Nodes];
        for (var node = 0; node < modules.Length; node++)
        {
            modules[node] = -1;
            if (activations.IsConstant(node)) continue;
            for (var module = 0; module < data.Options.Modules; module++)
            {
                var r = Correlation(activations.Of(node), data, module);
                if (Math.Abs(r) > Math.Abs(correlations[node])) (modules[node], correlations[node]) = (module, r);
            }
        }

        return new NodeTruth(modules, correlations);
    }

    private static double Correlation(ReadOnlySpan<float> node, ModulePatternData data, int module)
    {
        double mean = 0, share = 0;
        for (var s = 0; s < node.Length; s++)
        {
            mean += node[s] / (double)node.Length;
            share += data.IsOn(s, module) / (double)node.Length;
        }

        double square = 0, product = 0;
        for (var s = 0; s < node.Length; s++)
        {
            square += (node[s] - mean) * (node[s] - mean);
            product += (node[s] - mean) * (data.IsOn(s, module) - share);
        }

        var scale = Math.Sqrt(square * node.Length * share * (1 - share));
        return scale > 0 ? Math.Clamp(product / scale, -1, 1) : 0;
    }
}
