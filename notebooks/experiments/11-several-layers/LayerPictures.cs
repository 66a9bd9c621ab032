using Gsr.Analysis;
using Gsr.Analysis.Pictures;
using Gsr.Graphs;
using Plotly.NET;

namespace Gsr.Experiments.SeveralLayers;

/// <summary>Pictures of modules on several layers.</summary>
public static class LayerPictures
{
    /// <summary>
    /// The graph across layers: layers below each other, modules side by side in colours, the neurons of a module on an
    /// arc.
    /// </summary>
    /// <param name="across">Its nodes are the neurons of all layers, the first layer's first.</param>
    /// <param name="modules">The module of each neuron of a layer.</param>
    public static GenericChart Network(FeatureGraph across, int[] modules)
    {
        var size = modules.Count(m => m == 0);
        var places = Enumerable.Range(0, across.NodeCount)
            .Select(i => (Node: i % modules.Length, Layer: i / modules.Length))
            .Select(p => new NodePosition(((size + 1) * modules[p.Node]) + (p.Node % size),
                (5 * p.Layer) + (p.Node % size is 0 || p.Node % size == size - 1 ? 0 : 0.8))).ToArray();
        return GraphSignal.Draw(across.WithLayout(places),
            [.. Enumerable.Range(0, across.NodeCount).Select(i => (double)modules[i % modules.Length])],
            "One graph across three layers, from top to bottom", valueName: "module");
    }

    /// <summary>Test error and reading accuracy against log₁₀ α; bands are 95 % intervals.</summary>
    public static GenericChart Courses(ConditionRuns runs, IEnumerable<string> places, IReadOnlyList<double> alphas)
    {
        Curve Course(string name, Func<double, Replicates> at) => new(name, [.. alphas.Select(Math.Log10)],
            [.. alphas.Select(a => at(a).Mean)], [.. alphas.Select(a => at(a).HalfInterval95)]);
        Replicates Error(Condition c) => runs.Of(c, network => 100 - network.Accuracy);
        return LearningCurves.Compare(
            [
                new("test error (%)", [.. places.Select(p => Course(p, a => Error(new(p, a))))]),
                new("reading accuracy (%)", [.. places.Where(p => !p.StartsWith("layer ", StringComparison.Ordinal))
                    .Prepend("one layer").Select(p => Course(p, a => runs.Reading(new(p, a))))], Logarithmic: false),
            ],
            "Modules on one layer and on several", stepName: "log₁₀ α");
    }

    /// <summary>Reading accuracy of every network; the band is that of permuted neurons, smallest to largest.</summary>
    public static GenericChart Readings(
        ConditionRuns runs, IEnumerable<(string Name, Condition Condition)> conditions) =>
        DotsWithSpread.Draw(
            [
                .. conditions.Select(c => new DotGroup(c.Name, runs.Reading(c.Condition).Values,
                    Null: Range(runs.Permuted(c.Condition).Values))),
            ],
            "reading accuracy (%)", "Is the most active module that of the digit?", nullName: "permuted neurons");

    /// <summary>
    /// Mean activation of each module of a layer, columns, for each digit, rows; modules in the order of the digits
    /// that they are matched to.
    /// </summary>
    public static GenericChart Modules(
        ConditionRuns runs, int layer, IEnumerable<(string Name, Condition Condition)> conditions)
    {
        var seed = runs.Seeds[0];
        double[,] Ordered(LayerOutcome of) => of.ModuleMeans.SelectColumns(of.Reading.ModuleOfClass);
        return NodeHeatMap.Compare(
            [.. conditions.Select(c => (c.Name, Ordered(runs[c.Condition, seed].Layers[layer])))],
            $"Modules of layer {layer + 1} by digit, seed {seed}", rowTitle: "digit", nodeTitle: "module of digit",
            decimals: 0, valueName: "mean, in standard deviations",
            nodeNames: [.. Enumerable.Range(0, 10).Select(d => $"{d}")]);
    }

    private static (double, double) Range(IReadOnlyList<double> values) => (values.Min(), values.Max() + 0.01);
}
