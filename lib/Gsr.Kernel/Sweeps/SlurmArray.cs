using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Gsr.Internals;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Sessions.Packages;

namespace Gsr.Kernel.Sweeps;

/// <summary>Gives runs to Slurm as array jobs, and asks what became of them.</summary>
/// <param name="plan">The sweep.</param>
/// <param name="options">Of sbatch, such as <c>--partition=x --time=2:00:00</c>.</param>
/// <param name="perTask">Runs that one task carries out, one after another.</param>
/// <param name="atOnce">How many tasks may run at once; null for what the site allows.</param>
internal sealed partial class SlurmArray(SweepPlan plan, string options, int perTask, int? atOnce)
{
    private const string Jobs = "jobs.txt";

    /// <summary>Writes lists of runs with their scripts: one, or more where the site takes no array so large.</summary>
    public IReadOnlyList<string> WriteScripts(IReadOnlyList<PlannedRun> runs)
    {
        var largest = Run("scontrol", "show", "config") is { Exit: 0, Output: var config }
            && MaxArraySize().Match(config) is { Success: true } match
                ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : int.MaxValue;
        var name = DateTime.Now.ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture);
        Directory.CreateDirectory(Path.Combine(plan.Folder, "logs"));
        return [.. runs.Chunk(perTask).Chunk(Math.Max(1, largest)).Select((tasks, i) =>
        {
            var list = Path.Combine(plan.Folder, "tasks", $"{name}-{i}.txt");
            AtomicFile.WriteAllText(list, string.Concat(
                tasks.Select(task => string.Join(' ', task.Select(run => run.Id)) + "\n")));
            var script = Path.ChangeExtension(list, ".sh");
            AtomicFile.WriteAllText(script, Script(list, tasks.Length));
            return script;
        })];
    }

    /// <summary>Submits a script and gives the job's number.</summary>
    /// <exception cref="UsageException">Slurm refuses it, or is not there.</exception>
    public string Submit(string script)
    {
        var (exit, said) = Run("sbatch", "--parsable", script);
        if (exit != 0)
            throw new UsageException($"sbatch {script}: {said}");
        var job = said.Split(';')[0];
        File.AppendAllText(Path.Combine(plan.Folder, Jobs), job + "\n");
        return job;
    }

    /// <summary>The states of a sweep's tasks that are in the queue.</summary>
    public static IEnumerable<string> Queued(string folder) =>
        Ask(folder, "squeue", "-h", "--array", "-o", "%T").Select(State);

    /// <summary>How tasks ended that had begun, by the job as records name it, where Slurm keeps accounts.</summary>
    public static ILookup<string, string> Ended(string folder) =>
        Ask(folder, "sacct", "-n", "--parsable2", "--allocations", "-o", "JobIDRaw,State,JobID")
            .Select(line => line.Split('|'))
            // Those cancelled before they began are one, such as 7_[2-5,8]; their runs wait.
            .Where(task => !task[2].EndsWith(']')
                && task[1] is not ("PENDING" or "RUNNING" or "SUSPENDED" or "REQUEUED" or "RESIZING"))
            .ToLookup(task => task[0], task => State(task[1]));

    // "CANCELLED by 1000", "OUT_OF_MEMORY".
    private static string State(string text) => text.Split(' ')[0].Replace('_', ' ').ToLowerInvariant();

    private static string[] Ask(string folder, string program, params string[] arguments)
    {
        var path = Path.Combine(folder, Jobs);
        return File.Exists(path) && Run(program, [.. arguments, "--jobs=" + string.Join(',', File.ReadAllLines(path))])
            is { Exit: 0, Output: { Length: > 0 } output } ? output.Split('\n') : [];
    }

    private string Script(string list, int tasks) =>
        $"""
        #!/bin/bash
        # Runs of a sweep of notebooks: each task those of one line of {list}.
        # It may be edited; sbatch submits it. What is done already is passed over.
        #SBATCH --job-name=gsr-sweep
        #SBATCH --array=0-{tasks - 1}{(atOnce is { } most ? $"%{most}" : "")}
        #SBATCH --output={Path.Combine(plan.Folder, "logs", "%A_%a.log")}
        # Told a minute before the time is over, a run keeps the cells that it has executed.
        #SBATCH --signal=B:TERM@60
        {string.Join('\n', Word().Matches(options).Select(option => $"#SBATCH {option.Value}"))}
        exec {Quoted(EngineLocation.DotNet)} exec {Quoted(EngineLocation.Assembly)} \
          sweep --task {Quoted(plan.Folder)} --list {Quoted(list)} --index "$SLURM_ARRAY_TASK_ID"

        """.ReplaceLineEndings("\n");

    private static string Quoted(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static (int Exit, string Output) Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, (process.ExitCode == 0 ? output : error.Result).Trim());
        }
        catch (Win32Exception)
        {
            return (-1, $"there is no {program} here");
        }
    }

    [GeneratedRegex("""(?:[^\s"']|"[^"]*"|'[^']*')+""")]
    private static partial Regex Word();

    [GeneratedRegex(@"MaxArraySize\s*=\s*(\d+)")]
    private static partial Regex MaxArraySize();
}
