using System.CommandLine;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Pages.Html;
using Gsr.Kernel.Pages.Pictures;
using Gsr.Kernel.Running;
using static Gsr.Kernel.Cli.NotebookOptions;
using static Gsr.Kernel.Running.ExitCode;

namespace Gsr.Kernel.Cli;

/// <summary>The command <c>gsr export</c>: notebooks as pages, or with pictures, without running them.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var command = new Command("export", "Writes notebooks with static pictures, or as pages, without running them.")
        {
            Paths, Png, Html, Sanitize, Site, Link, Out, InPlace,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        IReadOnlyList<Target> targets;
        PageFolder? pages;
        try
        {
            if (!parsed.GetValue(Png) && !parsed.GetValue(Html))
                throw new UsageException("Say what to write: --png, --html or both.");
            if (parsed.GetValue(Site) && !parsed.GetValue(Html))
                throw new UsageException("--site is about pages: add --html.");
            if (parsed.GetValue(Site) && parsed.GetValue(Out) is null)
                throw new UsageException("Say where the site goes: --out DIR.");
            targets = Targets(parsed);
            pages = PagesOf(parsed, [.. targets.Select(target => target.SourcePath)], wereRun: false);
        }
        catch (Exception e) when (e is NotebookFormatException or UsageException)
        {
            await error.WriteLineAsync(e.Message);
            return Misused;
        }

        var browser = Browser(parsed, output.WriteLine);
        using var stop = new StopSignals(cancellationToken);
        var complete = true;
        foreach (var target in targets)
        {
            try
            {
                if (browser is not null)
                    complete &= await DrawAsync(target, browser, output, stop.Token);
                if (target.NotebookPath is { } notebook)
                {
                    target.Notebook.Save(notebook);
                    await output.WriteLineAsync($"notebook: {Path.GetFullPath(notebook)}");
                }
                if (target.PagePath is { } page)
                {
                    NotebookPage.Save(target.Notebook, target.SourcePath, pages!, output.WriteLine);
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
        complete &= WriteIndex(
            pages, [.. targets.Select(target => (target.Notebook, target.SourcePath))], output.WriteLine);
        return complete ? Succeeded : Failed;
    }

    private static async Task<bool> DrawAsync(
        Target target, string browser, TextWriter output, CancellationToken cancellationToken)
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
        var (folder, inPlace) = (parsed.GetValue(Out), parsed.GetValue(InPlace));
        if (parsed.GetValue(Png) && folder is null && !inPlace)
            throw new UsageException("Say where the notebooks with pictures go: --out DIR, or --in-place.");
        var sources = RunPlan.FindNotebooks(parsed.GetRequiredValue(Paths));
        var pages = PageFolderOf(parsed, sources);
        var targets = sources.Select(file => new Target(
            file,
            Notebook.Load(file),
            parsed.GetValue(Png) || parsed.GetValue(Site) ? RunPlan.OutputPath(file, folder, inPlace) : null,
            parsed.GetValue(Html) ? PageFolder.PagePath(file, pages!) : null)).ToList();
        RunPlan.CheckOutputs(
            [.. targets.Select(target => (target.SourcePath, target.NotebookPath, target.PagePath))], inPlace);
        return targets;
    }

    private sealed record Target(string SourcePath, Notebook Notebook, string? NotebookPath, string? PagePath);
}
