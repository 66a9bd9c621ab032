using System.CommandLine;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Pages.Html;
using Gsr.Kernel.Pages.Pictures;

namespace Gsr.Kernel.Cli;

/// <summary>What <c>gsr run</c> and <c>gsr export</c> have in common.</summary>
internal static class NotebookOptions
{
    public static readonly Argument<string[]> Paths = new("path")
    {
        Description = "Notebooks (.ipynb or .dib), or folders of notebooks in the order of their names.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static readonly Option<string?> Out = new("--out", "-o")
    {
        Description = "The folder for notebooks and pages. Without it they go beside each source.",
        HelpName = "DIR",
    };

    public static readonly Option<bool> InPlace = new("--in-place")
    {
        Description = "Writes each notebook over its source, an .ipynb. Pages go to --out, or beside it.",
    };

    public static readonly Option<bool> Html = new("--html")
    {
        Description = "Writes a self-contained page that opens offline; for a folder also an index of its pages.",
    };

    public static readonly Option<bool> Png = new("--png", "--static")
    {
        Description = "Puts a picture in the place of each chart's script, for GitHub and print; the chart's data "
            + "stay, from which pages and front ends draw it. Needs Chromium, Chrome or Edge.",
    };

    public static readonly Option<bool?> Sanitize = new("--sanitize")
    {
        Description = "Pages hold nothing of the notebook that runs: no scripts, no event handlers. The default of "
            + "export, since it does not run the notebook; --sanitize false keeps them.",
    };

    public static readonly Option<bool> Site = new("--site")
    {
        Description = "With --html, for a web site: scripts lie once beside the pages instead of in each, and every "
            + "page leads to its notebook's file, which is put beside it.",
    };

    public static readonly Option<string[]> Link = new("--link")
    {
        Description = "With --html, a link of every page to another place: --link Reference=api/index.html.",
        HelpName = "NAME=ADDRESS",
    };

    /// <summary>The pages of <c>--html</c>, with an index where a folder was named; null without that option.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="sources">The notebooks.</param>
    /// <param name="wereRun">True for notebooks whose code was run all the same.</param>
    public static PageFolder? PagesOf(ParseResult parsed, IReadOnlyList<string> sources, bool wereRun) =>
        !parsed.GetValue(Html) ? null
        : new(PageFolderOf(parsed, sources)!, sources, parsed.GetRequiredValue(Paths).Any(Directory.Exists),
            parsed.GetValue(Sanitize) ?? !wereRun)
        {
            IsSite = parsed.GetValue(Site),
            Links = [.. (parsed.GetValue(Link) ?? []).Select(Named)],
        };

    private static (string Name, string Address) Named(string link) =>
        link.IndexOf('=') is var at and > 0 && at + 1 < link.Length ? (link[..at], link[(at + 1)..])
        : throw new UsageException($"--link {link}: give a name and an address, as in Reference=api/index.html.");

    /// <summary>Where pages go: to --out, else beside the notebooks; null without <c>--html</c>.</summary>
    public static string? PageFolderOf(ParseResult parsed, IReadOnlyList<string> sources)
    {
        if (!parsed.GetValue(Html) || parsed.GetValue(Out) is { } said)
            return parsed.GetValue(Out);
        var folders = sources.Select(source => Path.GetDirectoryName(Path.GetFullPath(source))!).Distinct().ToList();
        return folders.Count == 1 ? folders[0]
            : throw new UsageException(
                $"{folders[0]} and {folders[1]} both hold notebooks; name one folder for the pages by --out DIR.");
    }

    /// <summary>Writes the index where there is to be one; false when it could not be written.</summary>
    public static bool WriteIndex(
        PageFolder? pages, IReadOnlyList<(Notebook Notebook, string Source)> notebooks, Action<string> note)
    {
        if (pages is not { WritesIndex: true } || notebooks.Count == 0)
            return true;
        try
        {
            note($"index: {Path.GetFullPath(pages.SaveIndex(notebooks))}");
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            note($"The index could not be written: {e.Message.ReplaceLineEndings(" ")}");
            return false;
        }
    }

    /// <summary>The browser for <c>--png</c>; null without that option or, with a note, without a browser.</summary>
    public static string? Browser(ParseResult parsed, Action<string> note)
    {
        if (!parsed.GetValue(Png))
            return null;
        var search = BrowserLocation.Find();
        if (search.Path is null)
            note($"No pictures: {search.Reason}.");
        return search.Path;
    }
}
