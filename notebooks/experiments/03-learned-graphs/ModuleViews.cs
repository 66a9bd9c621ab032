using Gsr.Analysis.Pictures;
using Gsr.Learning;
using Gsr.Models;
using Gsr.Training;
using Plotly.NET;

namespace Gsr.Experiments.LearnedGraphs;

/// <summary>Data, codes and trials of modules as the notebook shows them.</summary>
public static class ModuleViews
{
    /// <summary>A network's code on the data, [samples, nodes].</summary>
    public static double[,] CodeOf(this ModulePatternData data, Autoencoder network)
    {
        using var examples = Tensors.Matrix(data.Values, data.Columns);
        return Inference.Run(network.Encode, examples);
    }

    /// <summary>
    /// A heat map of the data: samples in rows, named by the modules that are on, every so many columns.
    /// </summary>
    public static GenericChart Picture(this ModulePatternData data, int every, string title)
    {
        int[] columns = [.. Enumerable.Range(0, data.Columns).Where(column => column % every == 0)];
        var values = new double[data.Samples, columns.Length];
        for (var sample = 0; sample < data.Samples; sample++)
        {
            for (var i = 0; i < columns.Length; i++)
                values[sample, i] = data.Values[(sample * data.Columns) + columns[i]];
        }

        string[] names = [.. Enumerable.Range(0, data.Samples).Select(sample => string.Join(
            " ", Enumerable.Range(0, data.Options.Modules).Where(m => data.IsOn(sample, m) == 1).Select(m => m + 1)))];
        names[0] = "none";
        return NodeHeatMap.Draw(values, title, names, [.. columns.Select(column => $"{column}")],
            "modules on", "value", 1, "column");
    }

    /// <summary>The first graphs of a training, and from then on every so many, as moments of a slider.</summary>
    public static GraphMoment[] Moments(this LearnedGraph learned, IReadOnlyList<int> groups, int every)
    {
        var last = learned.Snapshots.Count - 1;
        GraphSnapshot[] some = [.. learned.Snapshots.Where((_, i) => i < every || (last - i) % every == 0)];
        return [.. some.Zip(StableLayout.Over([.. some.Select(s => s.Graph!)]), (snapshot, places) =>
            new GraphMoment($"{snapshot.Step}", snapshot.Graph!.WithLayout(places), groups))];
    }

    /// <summary>The mean number of components over n with its 95 % interval, by condition, and n itself.</summary>
    /// <param name="title">The chart's title.</param>
    /// <param name="ns">The numbers of modules.</param>
    /// <param name="conditions">Of each the components for every n, over networks.</param>
    public static GenericChart Counts(
        string title, IReadOnlyList<int> ns, params (string Name, Replicates[] Components)[] conditions)
    {
        double[] steps = [.. ns.Select(n => (double)n)];
        return LearningCurves.Draw(
            [.. conditions.Select(c => Mean(c.Name, c.Components)), new Curve("paper: n", steps, steps)],
            "components", title, logarithmic: false, stepName: "modules n");

        Curve Mean(string name, Replicates[] components) =>
            new(name, steps, [.. components.Select(c => c.Mean)], components.All(c => c.Values.Count > 2)
                ? [.. components.Select(c => c.HalfInterval95)] : null);
    }

    /// <summary>One number of each trial.</summary>
    public static Replicates Over(this IEnumerable<ModuleTrial> trials, Func<ModuleTrial, double> value) =>
        new(trials.Select(value));

    /// <summary>"19 of 20".</summary>
    public static string Share(this IReadOnlyCollection<ModuleTrial> trials, Func<ModuleTrial, bool> holds) =>
        $"{trials.Count(holds)} of {trials.Count}";
}
