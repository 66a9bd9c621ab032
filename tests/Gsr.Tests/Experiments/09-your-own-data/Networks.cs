using Gsr.Experiments.OwnData;
using Gsr.Graphs;
using Gsr.Learning;

namespace Gsr.Tests.Experiments.OwnData;

/// <summary>Networks without training: pairs of nodes that carry the first inputs, each network with its own noise.</summary>
internal static class Networks
{
    public static TrainedModules Of(
        float[,] inputs, int networks = 4, int modules = 3, float noise = 0.2f, int seed = 1)
    {
        var graph = FeatureGraph.Path(2).Copies(modules);
        float[][,] codes = [.. Enumerable.Range(0, networks).Select(network =>
        {
            var random = new Random((100 * seed) + network);
            var code = new float[inputs.GetLength(0), 2 * modules];
            for (var cell = 0; cell < inputs.GetLength(0); cell++)
            {
                for (var node = 0; node < 2 * modules; node++)
                    code[cell, node] = inputs[cell, node / 2] + (noise * (random.NextSingle() - 0.5f));
            }

            return code;
        })];
        LearnedGraph[] graphs = [.. codes.Select(_ => new LearnedGraph(graph, [], default, null!))];
        return new("test", [.. Enumerable.Range(0, networks)], inputs, codes, graphs,
            [.. codes.Select(code => ModuleActivations.Of(code, graph))]);
    }

    /// <summary>Cells in groups of equal size, with the number of each.</summary>
    public static (float[,] Inputs, int[] Groups) Groups(int cells, int groups, int inputs, int seed)
    {
        var random = new Random(seed);
        var (values, numbers) = (new float[cells, inputs], new int[cells]);
        for (var cell = 0; cell < cells; cell++)
        {
            numbers[cell] = cell % groups;
            for (var j = 0; j < inputs; j++)
                values[cell, j] = Gaussian() + (numbers[cell] == j ? 8 : 0);
        }

        return (values, numbers);

        float Gaussian() => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()))
            * Math.Cos(2 * Math.PI * random.NextDouble()));
    }
}
