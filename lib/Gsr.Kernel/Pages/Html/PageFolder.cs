using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Gsr.Internals;
using Gsr.Kernel.Documents;

namespace Gsr.Kernel.Pages.Html;

/// <summary>The pages of one folder: each leads to the others and, where there is one, to their index.</summary>
internal sealed partial class PageFolder
{
    private const string Index = "index.html";

    private readonly string _folder;
    private readonly IReadOnlyList<string> _names;
    private readonly bool _hasIndex;
    private readonly HashSet<string> _shared = [];

    /// <summary>The pages to be written, and those that lie there of other notebooks beside the sources.</summary>
    /// <param name="folder">Where the pages go.</param>
    /// <param name="sources">The notebooks whose pages are written.</param>
    /// <param name="withIndex">True when <see cref="SaveIndex"/> will be called.</param>
    /// <param name="sanitizes">True for notebooks of unknown origin: nothing that they hold shall run.</param>
    public PageFolder(string folder, IReadOnlyList<string> sources, bool withIndex, bool sanitizes = false)
    {
        _folder = folder;
        Sanitizes = sanitizes;
        var beside = sources.Select(source => Path.GetDirectoryName(Path.GetFullPath(source))!).Distinct()
            .Where(Directory.Exists).SelectMany(Directory.EnumerateFiles)
            .Where(file => Notebook.IsNamed(file) && File.Exists(PagePath(file)));
        _names = [.. sources.Concat(beside).Select(file => Path.GetFileName(file)).Distinct()
            .Order(StringComparer.Ordinal)];
        var indexIsNotebook = _names.Any(name => PageName(name) == Index);
        WritesIndex = withIndex && !indexIsNotebook;
        _hasIndex = WritesIndex || File.Exists(Path.Combine(folder, Index));
    }

    public bool Sanitizes { get; }

    /// <summary>
    /// Pages of a web site: libraries of scripts lie once beside them, and each leads to its notebook's file, which lies
    /// there, too. Else a page needs nothing but itself.
    /// </summary>
    public bool IsSite { get; init; }

    /// <summary>Places outside of these pages that each of them leads to, by the names of the links.</summary>
    public IReadOnlyList<(string Name, string Address)> Links { get; init; } = [];

    /// <summary>False, too, when a notebook's own page has that name.</summary>
    public bool WritesIndex { get; }

    /// <summary>The page's address for a link in the prose; the link as it is when it leads to no page.</summary>
    public string Address(string url)
    {
        var match = Target().Match(url);
        if (!match.Success)
            return url;
        var name = Uri.UnescapeDataString(match.Groups["name"].Value);
        return name == "README.md" && _hasIndex ? Index
            : !match.Groups["up"].Success && _names.Contains(name) ? Href(name) + match.Groups["anchor"].Value
            : url;
    }

    /// <summary>The bar at a page's top: all pages, this one marked; nothing where it is the only one.</summary>
    /// <param name="current">A notebook's file; empty for the index, which shows them all itself.</param>
    public string Bar(string current)
    {
        var shown = current.Length > 0 && _names.Count > 1 ? _names : [];
        if (shown.Count + Links.Count == 0)
            return "";
        var html = new StringBuilder("<nav class=\"bar\" aria-label=\"Notebooks\">\n");
        if (_hasIndex && current.Length > 0)
            html.Append($"<a href=\"{Index}\" title=\"All notebooks\">⌂</a>\n");
        foreach (var name in shown)
        {
            var mark = name == current ? " aria-current=\"page\"" : "";
            html.Append($"<a href=\"{Href(name)}\"{mark}>{Label(name)}</a>\n");
        }
        foreach (var (name, address) in Links)
            html.Append($"<a href=\"{WebUtility.HtmlEncode(address)}\">{WebUtility.HtmlEncode(name)}</a>\n");
        return html.Append("</nav>\n").ToString();
    }

    /// <summary>The element that gives a page a library of scripts; in a site its file is written, once.</summary>
    /// <param name="name">Of the file.</param>
    /// <param name="text">What it holds.</param>
    public string Library(string name, string text)
    {
        if (!IsSite)
            return $"<script>{text}</script>\n";
        if (_shared.Add(name))
            AtomicFile.WriteAllText(Path.Combine(_folder, name), text);
        return $"<script src=\"{name}\"></script>\n";
    }

    /// <summary>The foot of a notebook's page.</summary>
    /// <param name="name">The notebook's file.</param>
    public string Foot(string name) => IsSite
        ? $"<a href=\"{Uri.EscapeDataString(name)}\" download>Download {WebUtility.HtmlEncode(name)}</a>, "
            + "the notebook that gsr made this page of"
        : $"{WebUtility.HtmlEncode(name)}, made into a page by gsr";

    /// <summary>The links at a page's end: to the page before, and to the next.</summary>
    public string Neighbours(string current)
    {
        var at = _names.ToList().IndexOf(current);
        var html = new StringBuilder();
        if (at > 0)
            html.Append($"<a rel=\"prev\" href=\"{Href(_names[at - 1])}\">← {Label(_names[at - 1])}</a>");
        if (at >= 0 && at + 1 < _names.Count)
            html.Append($"<a rel=\"next\" href=\"{Href(_names[at + 1])}\">{Label(_names[at + 1])} →</a>");
        return html.Length == 0 ? "" : $"<nav class=\"neighbours\">{html}</nav>\n";
    }

    public string PagePath(string source) => PagePath(source, _folder);

    /// <summary>The page of a notebook in a folder.</summary>
    public static string PagePath(string source, string folder) => Path.Combine(folder, PageName(source));

    /// <summary>Writes the index: a picture and a sentence of each notebook.</summary>
    /// <returns>The file.</returns>
    public string SaveIndex(IReadOnlyList<(Notebook Notebook, string Source)> notebooks)
    {
        var path = Path.Combine(_folder, Index);
        AtomicFile.WriteAllText(path, GalleryPage.Render(notebooks, source => Href(Path.GetFileName(source)), this));
        return path;
    }

    private static string PageName(string source) => Path.GetFileNameWithoutExtension(source) + ".html";

    private static string Href(string name) => Uri.EscapeDataString(PageName(name));

    // "05-tcell-trajectory.ipynb" is 05, and tcell trajectory where there is room.
    private static string Label(string name)
    {
        var (stem, number) = (Path.GetFileNameWithoutExtension(name), Number().Match(name));
        return !number.Success ? WebUtility.HtmlEncode(stem)
            : $"<b>{number.Groups[1].Value}</b>"
                + $"<span> {WebUtility.HtmlEncode(stem[number.Length..].Replace('-', ' '))}</span>";
    }

    [GeneratedRegex(@"^(?:\./)?(?<up>\.\./)?(?<name>[^/#?:]+)(?<anchor>#.*)?$")]
    private static partial Regex Target();

    [GeneratedRegex(@"^(\d+)[-_ ]+(?=[^.])")]
    private static partial Regex Number();
}
