using Gsr.Analysis.Pictures;
using Gsr.Learning;

namespace Gsr.Experiments.OwnData;

/// <summary>Networks of several seeds under one condition.</summary>
/// <param name="Condition">Its name.</param>
/// <param name="Codes">Activations [cells, nodes], one matrix per seed.</param>
/// <param name="Graphs">The graph learned last, one per seed.</param>
/// <param name="Modules">The graph's modules, one set per seed.</param>
public sealed record TrainedModules(
    string Condition, IReadOnlyList<double[,]> Codes, IReadOnlyList<LearnedGraph> Graphs,
    IReadOnlyList<ModuleActivations> Modules)
{
    /// <summary>Modules of each network.</summary>
    public Replicates Count => new(Modules.Select(m => (double)m.Count));

    /// <summary>Agreement of each pair of networks, mean |r| of matched modules.</summary>
    public IReadOnlyList<double> Agreement => ModuleAgreement.Matched(Modules);

    /// <summary>The mean reconstruction error during training.</summary>
    public Curve Error() => new(Condition, [.. Graphs[0].History.Steps.Select(s => (double)s)],
        [.. Graphs[0].History.Term("reconstruction").Select(v => v / Graphs.Count)]);

    /// <summary>The graphs' components during training, mean over seeds.</summary>
    public Curve Components() => Curve.MeanOf(
        Condition,
        [.. Graphs[0].Snapshots.Select(s => (double)s.Step)],
        [.. Graphs.Select(g => (IReadOnlyList<double>)[.. g.Snapshots.Select(s => (double)s.Components)])]);

    /// <summary>One line for a table of conditions.</summary>
    public object Line() => new
    {
        condition = Condition,
        modules = Count.ToString(),
        agreement_of_seeds = $"{Agreement.Average():F2} ({Agreement.Min():F2} to {Agreement.Max():F2})",
        ARI_of_strongest_module = $"{ModuleAgreement.OfStrongest(Modules).Average():F2}",
    };
}
