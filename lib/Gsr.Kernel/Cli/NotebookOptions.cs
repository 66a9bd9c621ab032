using System.CommandLine;
using Gsr.Kernel.Pages.Pictures;

namespace Gsr.Kernel.Cli;

/// <summary>What <c>gsr run</c> and <c>gsr export</c> have in common, and the exit codes of all commands.</summary>
internal static class NotebookOptions
{
    public const int Succeeded = 0, Failed = 1, Misused = 2, Interrupted = 130;

    public static readonly Argument<string[]> Paths = new("path")
    {
        Description = "Notebooks (.ipynb or .dib), or folders of notebooks in the order of their names.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static readonly Option<string> Out = new("--out", "-o")
    {
        Description = "The folder for notebooks and pages.",
        HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine("artifacts", "notebooks"),
    };

    public static readonly Option<bool> InPlace = new("--in-place")
    {
        Description = "Writes each notebook over its source, an .ipynb. Pages still go to --out.",
    };

    public static readonly Option<bool> Html = new("--html")
    {
        Description = "Writes a self-contained page that opens offline.",
    };

    public static readonly Option<bool> Png = new("--png")
    {
        Description = "Puts a picture in the place of each chart's script, for GitHub and print; the chart's data "
            + "stay, from which pages and front ends draw it. Needs Chromium, Chrome or Edge.",
    };

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
