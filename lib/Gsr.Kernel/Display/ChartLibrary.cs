namespace Gsr.Kernel.Display;

/// <summary>
/// Where a page finds plotly.js, in the version that Plotly.NET 6.0.0 was made for. The server of a notebook gives out what
/// lies beside its kernel's kernelspec, so that charts are drawn there without a network; other pages have the web only.
/// </summary>
internal static class ChartLibrary
{
    /// <summary>The file beside the kernelspec.</summary>
    public const string FileName = Name + ".js";

    /// <summary>The address on the web, without the ending that RequireJS adds.</summary>
    public const string Address = "https://cdn.plot.ly/" + Name;

    /// <summary>The name of file and module, by which no other version is taken for this one.</summary>
    public const string Name = "plotly-2.28.0.min";
}
