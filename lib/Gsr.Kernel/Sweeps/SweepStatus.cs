namespace Gsr.Kernel.Sweeps;

/// <summary>How the runs of a sweep stand, from their files and, where it is there, from Slurm.</summary>
internal static class SweepStatus
{
    private const int MostShown = 100;

    /// <summary>The record of each run in the order of the plan.</summary>
    /// <param name="plan">The sweep.</param>
    /// <param name="tasks">How tasks ended, where that is known already.</param>
    public static IReadOnlyList<(PlannedRun Run, RunRecord Record)> Of(
        SweepPlan plan, ILookup<string, string>? tasks = null)
    {
        tasks ??= SlurmArray.Ended(plan.Folder);
        // One listing for all, since a shared file system answers slowly: the partial ones too.
        var present = (Directory.Exists(plan.RunsFolder) ? Directory.EnumerateDirectories(plan.RunsFolder) : [])
            .ToLookup(path => path.Split(SweepRunner.Partial)[0]);
        return [.. plan.Runs.Select(run => (run, Record(plan.FolderOf(run))))];

        RunRecord Record(string final)
        {
            var ended = RunRecord.Read(final);
            if (ended is { State: RunRecord.Done })
                return ended;
            var begun = present[final].Where(path => path != final).OrderBy(RunRecord.IsAlive).LastOrDefault();
            if (begun is null || RunRecord.Read(begun) is not { } record)
                return ended ?? new RunRecord(RunRecord.Waiting, "", null, default);
            var end = tasks[record.Job ?? ""].Select(state => $"Slurm: {state}").LastOrDefault();
            return end is null && RunRecord.IsAlive(begun) ? record
                : ended ?? record with { State = RunRecord.Died, Problem = end };
        }
    }

    /// <summary>The table of <c>gsr sweep --status</c>.</summary>
    public static IEnumerable<string> Table(SweepPlan plan)
    {
        var tasks = SlurmArray.Ended(plan.Folder);
        var all = Of(plan, tasks);
        foreach (var (state, count) in all.CountBy(entry => entry.Record.State).OrderByDescending(entry => entry.Value))
            yield return $"{state,-12}{count,8}";
        foreach (var (state, count) in SlurmArray.Queued(plan.Folder).CountBy(state => state))
            yield return $"in the queue: {count} tasks {state}";
        foreach (var (state, count) in tasks.SelectMany(states => states).CountBy(state => state))
            yield return $"by accounting: {count} tasks {state}";
        var open = all.Where(entry => entry.Record.State is not (RunRecord.Done or RunRecord.Waiting)).ToList();
        foreach (var (run, record) in open.Take(MostShown))
            yield return $"{record.State}  {run}  {record.Host}  {record.Problem}".TrimEnd();
        if (open.Count > MostShown)
            yield return $"and {open.Count - MostShown} more";
    }
}
