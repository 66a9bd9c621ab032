using Deedle;
using Gsr.Learning;

namespace Gsr.Analysis;

/// <summary>Results as Deedle frames, which notebooks show as tables.</summary>
public static class Frames
{
    /// <summary>
    /// How a learned graph changed: rows keyed by step, columns "edges", "components", "dead nodes", "Jaccard",
    /// "relative change" (missing in the first row) and "distinct share".
    /// </summary>
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
            new(name, new Series<long, double>(steps, learned.Snapshots.Select(value)));
    }
}
