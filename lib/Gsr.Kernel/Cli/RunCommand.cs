using System.CommandLine;
using Gsr.Internals;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Documents.Parameters;
using Gsr.Kernel.Running;
using static Gsr.Kernel.Cli.NotebookOptions;
using static Gsr.Kernel.Running.ExitCode;

namespace Gsr.Kernel.Cli;

/// <summary>The command <c>gsr run</c>.</summary>
internal static class RunCommand
{
    private static readonly Option<string[]> Parameter = new("-p", "--parameter")
    {
        Description = "Replaces the value of a parameter, for example -p SEED=7. Repeatable.",
        HelpName = "NAME=VALUE",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<double?> Timeout = new("--timeout")
    {
        Description = "How long one cell may take. Without it, as long as it likes.",
        HelpName = "SECONDS",
    };

    private static readonly Option<int?> Jobs = new("--jobs", "-j")
    {
        Description = "How many notebooks run side by side. Without it, as many as there are cores and memory for, "
            + "3 GB each. A cell with the tag 'alone' runs while no other does.",
        HelpName = "N",
    };

    private static readonly Option<bool> AllowErrors = new("--allow-errors")
    {
        Description = "Goes on with a notebook's next cell after one has failed. The exit code is 1 all the same.",
    };

    private static readonly Option<bool> KeepGoing = new("--keep-going")
    {
        Description = "Goes on with the next notebook after one has failed. Use --keep-going false to stop there.",
        DefaultValueFactory = _ => true,
    };

    private static readonly Option<bool> Resume = new("--resume")
    {
        Description = "Keeps a notebook whose result of an earlier run holds the same code and parameters, all "
            + "executed without an error. Changes of libraries, files and data are not seen.",
    };

    private static readonly Option<bool> Reuse = new("--reuse")
    {
        Description = "Does not repeat a training that an earlier such run has done with the same code above, the same "
            + "parameters, data and libraries, and says so below the cell. Networks are kept for 30 days, in the "
            + "folder that GSR_REUSE names or with the user's data.",
    };

    public static Command Create()
    {
        var command = new Command("run", "Executes notebooks, each in a process of its own.")
        {
            Paths, Parameter, Out, InPlace, Html, Sanitize, Png, Jobs, Timeout, AllowErrors, KeepGoing, Resume, Reuse,
        };
        Timeout.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is { } seconds
                && !(seconds > 0 && seconds < TimeSpan.MaxValue.TotalSeconds))
                result.AddError(FormattableString.Invariant(
                    $"--timeout {seconds} is no length of time; give a number of seconds above 0."));
        });
        Jobs.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 and var count)
                result.AddError($"--jobs {count} runs nothing; give 1 or more.");
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var output = parsed.InvocationConfiguration.Output;
        var reporter = new ConsoleReporter(output, TerminalWidth());
        IReadOnlyList<NotebookJob> jobs;
        var variables = new Dictionary<string, string>();
        try
        {
            var sources = RunPlan.FindNotebooks(parsed.GetRequiredValue(Paths));
            jobs = RunPlan.Prepare(
                sources,
                ParameterAssignments.Parse(parsed.GetValue(Parameter) ?? []),
                parsed.GetValue(Out),
                parsed.GetValue(InPlace),
                parsed.GetValue(Html) ? PageFolderOf(parsed, sources) : null,
                reporter.Note);
            if (parsed.GetValue(Reuse))
                variables[ReusedTrainings.Variable] = ReusedTrainings.Folder ?? throw new UsageException(
                    $"--reuse: this user has no folder for data (HOME); name one by {ReusedTrainings.Variable}.");
            // Better known now than after the first cell.
            foreach (var folder in jobs.SelectMany(job => (string?[])[job.OutputPath, job.PagePath]).OfType<string>()
                .Select(path => Path.GetDirectoryName(Path.GetFullPath(path))!)
                .Concat(variables.Values).Distinct())
                AtomicFile.CheckFolder(folder);
            // Who has said a folder before, as the workbook's own command does, is not overruled.
            if (parsed.GetValue(Out) is { } results && Environment.GetEnvironmentVariable("GSR_RESULTS") is null)
                variables["GSR_RESULTS"] = Path.GetFullPath(results);
        }
        catch (Exception e)
            when (e is NotebookFormatException or UsageException or IOException or UnauthorizedAccessException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(e.Message);
            return Misused;
        }

        if (Cultures.Missing is { } missing)
            reporter.Note(missing);
        var pages = PagesOf(parsed, [.. jobs.Select(job => job.SourcePath)], wereRun: true);
        using var stop = new StopSignals(cancellationToken);
        var runner = new NotebookRunner(
            new RunOptions
            {
                Timeout = parsed.GetValue(Timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                Variables = variables,
                Reuse = parsed.GetValue(Reuse),
                Jobs = parsed.GetValue(Jobs) ?? Machine.Jobs(),
                AllowErrors = parsed.GetValue(AllowErrors),
                Resume = parsed.GetValue(Resume),
                Browser = Browser(parsed, reporter.Note),
            },
            reporter,
            pages);
        var outcomes = await runner.RunAsync(jobs, parsed.GetValue(KeepGoing), stop.Token);
        reporter.RunEnded(outcomes);
        var isIndexed = WriteIndex(
            pages, [.. outcomes.Select(outcome => (outcome.Job.Notebook, outcome.Job.SourcePath))], reporter.Note);
        return stop.Token.IsCancellationRequested ? Interrupted
            : isIndexed && outcomes.Count == jobs.Count && outcomes.All(outcome => outcome.Succeeded) ? Succeeded
            : Failed;
    }

    private static int? TerminalWidth()
    {
        if (Console.IsOutputRedirected || Environment.GetEnvironmentVariable("TERM") == "dumb")
            return null;
        return Console.WindowWidth > 20 ? Console.WindowWidth : null;
    }
}
