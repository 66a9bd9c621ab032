using System.CommandLine;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Pages.Html;
using Gsr.Kernel.Pages.Pictures;
using Gsr.Kernel.Running;

namespace Gsr.Kernel.Cli;

/// <summary>The command <c>gsr export</c>: what a notebook already holds, in a form for those who do not run it.</summary>
internal static class ExportCommand
{
    private const int Succeeded = 0, Failed = 1, Misused = 2, Interrupted = 130;

    private static readonly Argument<string[]> Paths = new("path")
    {
        Description = "Notebooks, or folders of notebooks.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<bool> Pictures = new("--png")
    {
        Description = "Writes the notebook with a picture beside each chart. Needs an installed Chromium, Chrome or Edge.",
    };

    private static readonly Option<bool> Page = new("--html") { Description = "Writes a self-contained page that opens offline." };

    private static readonly Option<string> Out = new("--out", "-o")
    {
        Description = "The folder for notebooks and pages.",
        HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine("artifacts", "notebooks"),
    };

    private static readonly Option<bool> InPlace = new("--in-place") { Description = "Writes the pictures into the notebooks themselves. Pages still go to --out." };

    public static Command Create()
    {
        var command = new Command("export", "Writes notebooks with static pictures, or as pages, without running them.") { Paths, Pictures, Page, Out, InPlace };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        IReadOnlyList<Target> targets;
        try
        {
            if (!parsed.GetValue(Pictures) && !parsed.GetValue(Page))
                throw new UsageException("Say what to write: --png, --html or both.");
            targets = Targets(parsed);
        }
        catch (Exception e) when (e is NotebookFormatException or UsageException)
        {
            await error.WriteLineAsync(e.Message);
            return Misused;
        }

        var browser = parsed.GetValue(Pictures) ? BrowserLocation.Find() : new BrowserSearch(null, "");
        if (parsed.GetValue(Pictures) && browser.Path is null)
            await output.WriteLineAsync($"No pictures: {browser.Reason}.");
        using var stop = new StopSignals(cancellationToken);
        var complete = true;
        foreach (var target in targets)
        {
            try
            {
                if (browser.Path is not null)
                    complete &= await DrawAsync(target, browser.Path, output, stop.Token);
                if (target.NotebookPath is { } notebook)
                {
                    target.Notebook.Save(notebook);
                    await output.WriteLineAsync($"notebook: {Path.GetFullPath(notebook)}");
                }
                if (target.PagePath is { } page)
                {
                    NotebookPage.Save(target.Notebook, target.SourcePath, page);
                    await output.WriteLineAsync($"page: {Path.GetFullPath(page)}");
                }
            }
            catch (OperationCanceledException)
            {
                return Interrupted;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                await error.WriteLineAsync($"{target.SourcePath}: {e.Message.ReplaceLineEndings(" ")}");
                complete = false;
            }
        }
        return complete ? Succeeded : Failed;
    }

    private static async Task<bool> DrawAsync(Target target, string browser, TextWriter output, CancellationToken cancellationToken)
    {
        var tally = await ChartPictures.AddAsync(target.Notebook, new ChartPainter(browser), cancellationToken);
        var name = Path.GetFileName(target.SourcePath);
        await output.WriteLineAsync($"{name}: {tally}");
        foreach (var problem in tally.Problems)
            await output.WriteLineAsync($"{name}: {problem}");
        return tally.Problems.Count == 0;
    }

    private static IReadOnlyList<Target> Targets(ParseResult parsed)
    {
        var (folder, inPlace) = (parsed.GetRequiredValue(Out), parsed.GetValue(InPlace));
        var targets = RunPlan.FindNotebooks(parsed.GetRequiredValue(Paths)).Select(file => new Target(
            file,
            Notebook.Load(file),
            parsed.GetValue(Pictures) ? RunPlan.OutputPath(file, folder, inPlace) : null,
            parsed.GetValue(Page) ? RunPlan.PagePath(file, folder) : null)).ToList();
        RunPlan.CheckOutputs([.. targets.Select(target => (target.SourcePath, target.NotebookPath, target.PagePath))], inPlace);
        return targets;
    }

    private sealed record Target(string SourcePath, Notebook Notebook, string? NotebookPath, string? PagePath);
}
