using Gsr.Internals;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Running;

namespace Gsr.Kernel.Sweeps;

/// <summary>
/// Carries out runs of a sweep. A run works in a folder of its own beside the one of its name, which it takes by a
/// rename at its end: whatever happens to the process, no half result is there, and a finished run is never run twice.
/// </summary>
/// <param name="plan">The sweep.</param>
/// <param name="stop">What stops a run, and how it was told.</param>
/// <param name="say">Takes a line for each run.</param>
internal sealed class SweepRunner(SweepPlan plan, StopSignals stop, Action<string> say)
{
    /// <summary>What follows a run's name, before host and process, in that of the folder in which it works.</summary>
    public const string Partial = ".partial-";

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private ProcessorFolder? _processors;

    /// <summary>Runs what is not done yet, so many at once; true when all of these runs are done.</summary>
    public async Task<bool> RunAsync(IReadOnlyList<PlannedRun> runs, int jobs)
    {
        int ended = 0, done = 0;
        using var processors = _processors = ProcessorFolder.For(Math.Min(jobs, runs.Count));
        await Parallel.ForEachAsync(runs, new ParallelOptions { MaxDegreeOfParallelism = jobs }, async (run, _) =>
        {
            if (stop.Token.IsCancellationRequested)
                return;
            var record = await RunAsync(run);
            if (record.State == RunRecord.Done)
                Interlocked.Increment(ref done);
            say(FormattableString.Invariant($"[{Interlocked.Increment(ref ended)}/{runs.Count}] {run}  ")
                + FormattableString.Invariant($"{record.Seconds:0.0} s  {record.State}  {record.Problem}").TrimEnd());
        });
        return done == runs.Count;
    }

    private async Task<RunRecord> RunAsync(PlannedRun run)
    {
        var final = plan.FolderOf(run);
        if (RunRecord.Read(final) is { State: RunRecord.Done } earlier)
            return earlier;
        Directory.CreateDirectory(plan.RunsFolder);
        foreach (var left in Directory.GetDirectories(plan.RunsFolder, run.Id + Partial + "*"))
        {
            if (!RunRecord.IsAlive(left))
                Directory.Delete(left, recursive: true);
        }
        var folder = $"{final}{Partial}{Environment.MachineName}-{Environment.ProcessId}";
        Directory.CreateDirectory(folder);
        var record = new RunRecord(RunRecord.Running, Environment.MachineName,
            Environment.GetEnvironmentVariable("SLURM_JOB_ID"), DateTimeOffset.Now);
        record.Write(folder);
        await using (new Timer(_ => RunRecord.Touch(folder), null, Heartbeat, Heartbeat))
            record = await RunNotebookAsync(run, folder, record);
        record.Write(folder);
        // A requeued job may run beside the one that it replaces: whoever is done first counts.
        if (RunRecord.Read(final) is { State: RunRecord.Done } other)
        {
            Directory.Delete(folder, recursive: true);
            return other;
        }
        if (Directory.Exists(final))
            Directory.Delete(final, recursive: true);
        AtomicFile.Move(folder, final);
        return record;
    }

    private async Task<RunRecord> RunNotebookAsync(PlannedRun run, string folder, RunRecord record)
    {
        try
        {
            var jobs = RunPlan.Prepare([run.Notebook], run.Texts, folder, inPlace: false, pageFolder: null, say);
            var runner = new NotebookRunner(
                new RunOptions { Variables = Variables(folder) }, new ConsoleReporter(TextWriter.Null, null));
            var outcome = await runner.RunAsync(jobs[0], stop.Token);
            var isStopped = stop.Token.IsCancellationRequested;
            record = record with
            {
                Seconds = Math.Round(outcome.Elapsed.TotalSeconds, 2),
                Memory = outcome.PeakMemory >> 20,
            };
            return outcome.Succeeded ? record with { State = RunRecord.Done } : record with
            {
                State = !isStopped ? RunRecord.Failed : stop.IsTerminated ? RunRecord.OutOfTime : RunRecord.Stopped,
                Exit = isStopped ? ExitCode.Interrupted : ExitCode.Failed,
                Problem = outcome.Job.Notebook.Cells.SelectMany(cell => cell.Outputs)
                    .Where(output => (string?)output!["output_type"] == "error")
                    .Select(output => $"{outcome.Problem}: {output!["ename"]}: {output["evalue"]}".Split('\n')[0])
                    .FirstOrDefault(outcome.Problem),
            };
        }
        catch (Exception e) when (e is NotebookFormatException or UsageException)
        {
            return record with { State = RunRecord.Failed, Exit = ExitCode.Misused, Problem = e.Message };
        }
    }

    // Threads as the scheduler gave them, never as many as the node has, and the folder of the results.
    private Dictionary<string, string> Variables(string folder)
    {
        var variables = new Dictionary<string, string> { ["GSR_RESULTS"] = folder };
        if ((Environment.GetEnvironmentVariable("SLURM_CPUS_PER_TASK")
            ?? Environment.GetEnvironmentVariable("SLURM_CPUS_ON_NODE")) is { } cores)
            variables["DOTNET_PROCESSOR_COUNT"] = variables["OMP_NUM_THREADS"] = cores;
        if (_processors is { } shared)
            variables[ProcessorFolder.Variable] = shared.Path;
        return variables;
    }
}
