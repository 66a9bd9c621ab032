namespace Gsr.Experiments.OwnData;

/// <summary>How often the judgement is right where the answer is known: on the data, and on nulls of the data.</summary>
/// <param name="Passed">For each trial whether the data were supported.</param>
/// <param name="Warned">For each trial whether it warned of a null that took the data's place.</param>
/// <param name="Gaps">The data's gaps.</param>
/// <param name="NullGaps">The nulls' gaps.</param>
public sealed record VerdictTrials(
    IReadOnlyList<bool> Passed, IReadOnlyList<bool> Warned, Replicates Gaps, Replicates NullGaps)
{
    private const int Apart = 1000;

    /// <summary>
    /// So many trials, each with networks of fresh seeds, and three fresh nulls: two beside the data, and the third in
    /// the data's place beside the same two.
    /// </summary>
    /// <param name="training">As the notebook trains; its seeds count from here.</param>
    /// <param name="inputs">[cells, inputs].</param>
    /// <param name="alpha">Weight of the penalty.</param>
    /// <param name="count">At least 1.</param>
    public static VerdictTrials Of(ModuleTraining training, float[,] inputs, double alpha, int count)
    {
        Arguments.AtLeast(count, 1, nameof(count), "without a trial there is no share.");
        var (data, nulls) = (new List<StructureVerdict>(), new List<StructureVerdict>());
        for (var trial = 1; trial <= count; trial++)
        {
            var name = $"trial {trial} of {count}";
            TrainedModules[] beside = [Null(trial, 1), Null(trial, 2)];
            data.Add(StructureVerdict.Of(Trained(trial, 0, inputs), beside));
            nulls.Add(StructureVerdict.Of(Null(trial, 3), beside));
            TrainedModules Null(int t, int n) => Trained(t, n, MatchedNull.Of(inputs, (Apart * t) + n));
            TrainedModules Trained(int t, int n, float[,] seen) => (training with
            {
                Seeds = [.. training.Seeds.Select(seed => seed + (Apart * t) + (100 * n))],
            }).TrainToCompare(name, seen, alpha);
        }

        return new([.. data.Select(v => v.IsSupported)], [.. nulls.Select(v => !v.IsSupported)],
            new(data.Select(v => v.Gap.Value)), new(nulls.Select(v => v.Gap.Value)));
    }

    /// <summary>Held against 19 of 20.</summary>
    public static Finding Nearly(IReadOnlyList<bool> right)
    {
        var hits = right.Count(one => one);
        return Finding.Fact(20 * hits >= 19 * right.Count, Estimate.Share(hits, right.Count).Text);
    }
}
