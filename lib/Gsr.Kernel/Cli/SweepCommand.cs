using System.CommandLine;
using Gsr.Internals;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Running;
using Gsr.Kernel.Sweeps;
using static Gsr.Kernel.Running.ExitCode;

namespace Gsr.Kernel.Cli;

/// <summary>The command <c>gsr sweep</c>.</summary>
internal static class SweepCommand
{
    private static readonly Argument<string[]> Notebooks = new("notebook")
    {
        Description = "The notebooks of a new sweep.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string[]> Parameter = Named<string[]>(
        "--parameter", "Values of a parameter: -p SEED=1..50 or -p ALPHA=1e-4,1e-3. Repeatable; every value runs with "
            + "every value of the others.", "NAME=VALUES", "-p");

    private static readonly Option<string?> Profile = Named<string?>("--profile", "The same as -p PROFILE=...", "NAME");

    private static readonly Option<bool> Zip = Named<bool>(
        "--zip", "Runs the first values together, then the second ones, and so on.");

    private static readonly Option<string?> Out = Named<string?>("--out", "The folder of a new sweep.", "DIR", "-o");

    private static readonly Option<string?> Resume = Named<string?>(
        "--resume", "Runs what is not done of the sweep in DIR.", "DIR");

    private static readonly Option<string?> Status = Named<string?>(
        "--status", "Tells how the runs in DIR stand.", "DIR");

    private static readonly Option<string?> Task = Named<string?>(
        "--task", "Runs one task of the sweep in DIR, by --index.", "DIR");

    private static readonly Option<string?> Collect = Named<string?>(
        "--collect", "Makes table.csv, table.parquet and the notebook sweep.ipynb of all runs of the sweep in DIR.",
        "DIR");

    private static readonly Option<int?> Jobs = Named<int?>(
        "--jobs", "How many runs at once: here, or of Slurm's array.", "N", "-j");

    private static readonly Option<string?> Slurm = Named<string?>(
        "--slurm", "Submits the runs to Slurm as an array job, with these options of sbatch, such as "
            + "\"--partition=x --time=2:00:00 --mem=4G\".", "OPTIONS");

    private static readonly Option<int?> PerTask = Named<int?>(
        "--per-task", "Runs in one task of the array, one after another, for short ones; 1 by default.", "N");

    private static readonly Option<bool> DryRun = Named<bool>(
        "--dry-run", "Writes and prints the script for Slurm, and submits nothing.");

    private static readonly Option<bool> Anew = Named<bool>(
        "--anew", "With --resume: runs all again, of notebooks or libraries that have changed, and keeps the earlier "
            + "runs beside.");

    private static readonly Option<string?> List = Named<string?>(
        "--list", "A file of the tasks, one a line; without it each run of the plan is a task.", "FILE");

    private static readonly Option<int> Index = Named<int>("--index", "The task, from 0.", "I");

    public static Command Create()
    {
        var command = new Command("sweep", "Runs notebooks with many values of their parameters, here or on a cluster.")
        {
            Notebooks, Parameter, Profile, Zip, Out, Jobs, Slurm, PerTask, DryRun, Resume, Anew, Status, Collect, Task,
            List, Index,
        };
        command.Validators.Add(result =>
        {
            Option<string?>[] modes = [Out, Resume, Status, Collect, Task];
            if (modes.Count(mode => result.GetValue(mode) is not null) != 1)
                result.AddError("Say one of --out, --resume, --status, --collect and --task, with the sweep's folder.");
            if (result.GetValue(Jobs) < 1 || result.GetValue(PerTask) < 1)
                result.AddError("--jobs and --per-task are 1 or more.");
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var output = parsed.InvocationConfiguration.Output;
        using var stop = new StopSignals(cancellationToken);
        try
        {
            if (parsed.GetValue(Status) is { } asked)
            {
                foreach (var line in SweepStatus.Table(SweepPlan.Load(asked)))
                    await output.WriteLineAsync(line);
                return Succeeded;
            }
            if (parsed.GetValue(Collect) is { } collected)
            {
                var whole = await SweepCollection.WriteAsync(SweepPlan.Load(collected), stop.Token);
                await output.WriteLineAsync($"{Path.Combine(collected, "table.csv")}, table.parquet, sweep.ipynb");
                return whole ? Succeeded : Failed;
            }
            var plan = parsed.GetValue(Task) is { } task ? Checked(SweepPlan.Load(task))
                : parsed.GetValue(Resume) is { } left ? Resumed(left, parsed.GetValue(Anew))
                : Planned(parsed);
            var runs = parsed.GetValue(Task) is not null ? Tasked(plan, parsed)
                : [.. SweepStatus.Of(plan)
                    .Where(entry => entry.Record.State is not (RunRecord.Done or RunRecord.Running))
                    .Select(entry => entry.Run)];
            await output.WriteLineAsync($"{plan.Folder}: {runs.Count} of {plan.Runs.Count} runs to do");
            if (parsed.GetValue(Task) is null && (parsed.GetValue(Slurm) is not null || parsed.GetValue(DryRun)))
                return await SubmitAsync(plan, runs, parsed);
            var isDone = await new SweepRunner(plan, stop, line => output.WriteLine(line)).RunAsync(
                runs, parsed.GetValue(Task) is not null ? 1 : parsed.GetValue(Jobs) ?? Machine.Jobs());
            return isDone ? Succeeded : stop.Token.IsCancellationRequested ? Interrupted : Failed;
        }
        catch (Exception e)
            when (e is UsageException or NotebookFormatException or IOException or UnauthorizedAccessException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(e.Message);
            return Misused;
        }
    }

    private static SweepPlan Planned(ParseResult parsed)
    {
        string[] pairs = [.. parsed.GetValue(Parameter) ?? [],
            .. parsed.GetValue(Profile) is { } profile ? (string[])[$"PROFILE={profile}"] : []];
        var notebooks = RunPlan.FindNotebooks(parsed.GetValue(Notebooks) ?? []);
        if (notebooks.Count == 0)
            throw new UsageException("Name a notebook to sweep.");
        var plan = SweepPlan.Create(
            parsed.GetValue(Out)!, notebooks,
            [.. Documents.Parameters.ParameterAssignments.Parse(pairs)
                .Select(pair => SweepValues.Parse(pair.Key, pair.Value))],
            parsed.GetValue(Zip));
        plan.Save();
        return plan;
    }

    private static SweepPlan Resumed(string folder, bool anew)
    {
        var plan = SweepPlan.Load(folder);
        if (!anew)
            return Checked(plan);
        plan = plan.Renewed();
        var runs = Path.Combine(plan.Folder, "runs");
        if (Directory.Exists(runs))
            AtomicFile.Move(runs, $"{runs}.before-{DateTime.Now:yyyyMMdd-HHmmss}");
        plan.Save();
        return plan;
    }

    private static SweepPlan Checked(SweepPlan plan) => plan.Changes().ToList() is { Count: > 0 } changed
        ? throw new UsageException($"Changed since the sweep was planned: {string.Join(", ", changed)}. Runs of other "
            + "code are not one sweep: --resume DIR --anew runs all again.")
        : plan;

    private static IReadOnlyList<PlannedRun> Tasked(SweepPlan plan, ParseResult parsed)
    {
        var index = parsed.GetValue(Index);
        IReadOnlyList<string> tasks = parsed.GetValue(List) is { } list
            ? File.ReadAllLines(list) : [.. plan.Runs.Select(run => run.Id)];
        if (index < 0 || index >= tasks.Count)
            throw new UsageException($"--index {index}: there are the tasks 0 to {tasks.Count - 1}.");
        var ids = tasks[index].Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        return [.. plan.Runs.Where(run => ids.Contains(run.Id))];
    }

    private static async Task<int> SubmitAsync(SweepPlan plan, IReadOnlyList<PlannedRun> runs, ParseResult parsed)
    {
        var output = parsed.InvocationConfiguration.Output;
        if (runs.Count == 0)
            return Succeeded;
        var array = new SlurmArray(
            plan, parsed.GetValue(Slurm) ?? "", parsed.GetValue(PerTask) ?? 1, parsed.GetValue(Jobs));
        foreach (var script in array.WriteScripts(runs))
        {
            await output.WriteLineAsync(parsed.GetValue(DryRun)
                ? $"{script}:\n{await File.ReadAllTextAsync(script)}" : $"job {array.Submit(script)}: {script}");
        }
        await output.WriteLineAsync(
            $"next: gsr sweep --status {plan.Folder}; then --collect, or --resume for what is left");
        return Succeeded;
    }

    private static Option<T> Named<T>(string name, string description, string? value = null, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = value };
}
