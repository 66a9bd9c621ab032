using Gsr.Analysis.Pictures;
using Gsr.Learning;

namespace Gsr.Experiments.OwnData;

/// <summary>Networks of several seeds under one condition.</summary>
/// <param name="Condition">Its name.</param>
/// <param name="Seeds">Of the networks.</param>
/// <param name="Inputs">What the networks saw, [cells, inputs].</param>
/// <param name="Codes">Activations [cells, nodes], one matrix per seed.</param>
/// <param name="Graphs">The graph learned last, one per seed.</param>
/// <param name="Modules">The graph's modules, one set per seed.</param>
public sealed record TrainedModules(
    string Condition, IReadOnlyList<int> Seeds, float[,] Inputs, IReadOnlyList<float[,]> Codes,
    IReadOnlyList<LearnedGraph> Graphs, IReadOnlyList<ModuleActivations> Modules)
{
    /// <summary>Modules of each network.</summary>
    public Replicates Count => new(Modules.Select(m => (double)m.Count));

    /// <summary>Agreement of the networks' modules, mean |r| of matched modules.</summary>
    public NetworkPairs Agreement => ModuleAgreement.Of(Modules);

    /// <summary>The mean reconstruction error during training.</summary>
    public Curve Error() => new(Condition, [.. Graphs[0].History.Steps.Select(s => (double)s)],
        [.. Graphs[0].History.Steps.Select((_, i) => Graphs.Select(g => g.History).Distinct()
            .Sum(history => history.Term("reconstruction")[i]) / Graphs.Count)]);

    /// <summary>The graphs' components during training, mean over seeds.</summary>
    public Curve Components() => Curve.MeanOf(
        Condition,
        [.. Graphs[0].Snapshots.Select(s => (double)s.Step)],
        [.. Graphs.Select(g => (IReadOnlyList<double>)[.. g.Snapshots.Select(s => (double)s.Components)])]);

    /// <summary>One line for a table of conditions.</summary>
    /// <param name="classes">The condition's classes of cells.</param>
    public object Line(CellClasses classes) => new
    {
        condition = Condition,
        modules = Count.ToString(),
        agreement_of_modules = Agreement.ToString(),
        agreement_of_classes = classes.Agreement.ToString(),
        unexplained_by_classes = new Replicates(classes.Unexplained).ToString(),
    };

    /// <summary>
    /// The signals of all networks side by side for some cells, [cells, signals], each network with the same weight
    /// whatever the number of its modules.
    /// </summary>
    public float[,] Signals(IReadOnlyList<int> cells)
    {
        var signals = new float[cells.Count, Modules.Sum(m => m.Signals.GetLength(1))];
        var column = 0;
        foreach (var own in Modules.Select(m => m.Signals))
        {
            var scale = 1 / MathF.Sqrt(own.GetLength(1));
            for (var j = 0; j < own.GetLength(1); j++, column++)
                for (var i = 0; i < cells.Count; i++) signals[i, column] = scale * own[cells[i], j];
        }

        return signals;
    }
}
