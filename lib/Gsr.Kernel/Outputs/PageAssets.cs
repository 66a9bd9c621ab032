using System.Reflection;

namespace Gsr.Kernel.Outputs;

/// <summary>The style sheet and the scripts that a page carries inside.</summary>
internal static class PageAssets
{
    private static readonly Assembly Engine = typeof(PageAssets).Assembly;

    public static string Style => Read(Engine, name => name == "page.css");

    public static string Script => Figures + Read(Engine, name => name == "page.js");

    /// <summary>Draws one chart where it stands in somebody else's page.</summary>
    public static string ChartScript => Read(Engine, name => name == "chart.js");

    /// <summary>Draws charts as pictures, for the engine alone.</summary>
    public static string PictureScript =>
        Figures + Read(Engine, name => name == "palette.js") + Read(Engine, name => name == "picture.js");

    /// <summary>The files of the extension for VS Code, by their paths in it.</summary>
    public static IEnumerable<(string Path, Func<Stream> Open)> Extension =>
        from name in Engine.GetManifestResourceNames()
        where name.StartsWith("vscode/", StringComparison.Ordinal)
        select (name["vscode/".Length..], (Func<Stream>)(() => Engine.GetManifestResourceStream(name)!));

    /// <summary>Dresses a chart's figure for light and dark paper.</summary>
    public static string Figures => Read(Engine, name => name == "figure.js");

    /// <summary>Draws Mermaid's diagrams.</summary>
    public static string Mermaid => Read(Engine, name => name == "vscode/dist/mermaid.min.js");

    /// <summary>TeX to MathML.</summary>
    public static string Math => Read(Engine, name => name == "temml.min.js");

    /// <summary>The chart library of the version that Plotly.NET writes its figures for, as it carries it.</summary>
    public static string Plotly => Read(
        typeof(Plotly.NET.GenericChart).Assembly,
        name => name.Contains("plotly-") && name.EndsWith(".min.js", StringComparison.Ordinal));

    private static string Read(Assembly assembly, Func<string, bool> isIt)
    {
        using var stream = assembly.GetManifestResourceStream(assembly.GetManifestResourceNames().Single(isIt))!;
        using var reader = new StreamReader(stream);
        // Inside a script element this would end it; in JavaScript it can only stand in a string, where "\/" is "/".
        return reader.ReadToEnd().Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase);
    }
}
