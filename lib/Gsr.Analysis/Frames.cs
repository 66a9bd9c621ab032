using Deedle;
using Gsr.Learning;
using Gsr.Training;

namespace Gsr.Analysis;

/// <summary>Results as Deedle frames, for tables and further analysis.</summary>
public static class Frames
{
    /// <summary>The course of a training: rows keyed by step, columns "loss" and one per term.</summary>
    /// <param name="history">What <see cref="Trainer.Fit"/> returned.</param>
    public static Frame<long, string> ToFrame(this TrainingHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        return Frame.FromColumns(new[] { Column("loss", history.Steps, history.Losses) }
            .Concat(history.TermNames.Select(name => Column(name, history.Steps, history.Term(name)))));
    }

    /// <summary>
    /// How a learned graph changed: rows keyed by step, columns "edges", "components", "dead nodes", "Jaccard",
    /// "relative change" (missing in the first row) and "distinct share".
    /// </summary>
    /// <param name="learned">What <see cref="GraphLearner.Fit"/> returned.</param>
    public static Frame<long, string> ToFrame(this LearnedGraph learned)
    {
        ArgumentNullException.ThrowIfNull(learned);
        long[] steps = [.. learned.Snapshots.Select(s => s.Step)];
        return Frame.FromColumns(new[]
        {
            Of("edges", s => s.Edges),
            Of("components", s => s.Components),
            Of("dead nodes", s => s.DeadNodes.Count),
            Of("Jaccard", s => s.Change?.EdgeJaccard ?? double.NaN),
            Of("relative change", s => s.Change?.RelativeChange ?? double.NaN),
            Of("distinct share", s => s.DistinctShare),
        });

        KeyValuePair<string, Series<long, double>> Of(string name, Func<GraphSnapshot, double> value) =>
            Column(name, steps, learned.Snapshots.Select(value));
    }

    private static KeyValuePair<string, Series<long, double>> Column(
        string name, IEnumerable<long> steps, IEnumerable<double> values) =>
        KeyValuePair.Create(name, new Series<long, double>(steps, values));
}
