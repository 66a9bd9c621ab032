using System.Reflection;
using Gsr.Kernel.Display;
using Plotly.NET;

namespace Gsr.Interactive;

/// <summary>Charts as HTML that needs no network: the first one that a kernel shows brings plotly.js along.</summary>
/// <remarks>A page that has lost that output falls back on the web, as the charts of the workbook's own engine.</remarks>
internal static class ChartHtml
{
    private static readonly string Draw = ChartLibrary.Script(
        Read(typeof(ChartHtml).Assembly, name => name == "chart.js"), kernel: ".net-csharp");

    private static int Brought;

    public static string Of(object chart)
    {
        var html = PlotlyFigure.Html(PlotlyFigure.Of(chart)!, Draw);
        return Interlocked.Exchange(ref Brought, 1) != 0 ? html : $"<script>{Library()}</script>{html}";
    }

    // Hidden from RequireJS, which Jupyter's older pages have, and to which it would give itself instead of the page.
    private static string Library()
    {
        var script = Read(typeof(GenericChart).Assembly,
            name => name.Contains("plotly-") && name.EndsWith(".min.js", StringComparison.Ordinal));
        return $"if(!window.Plotly)(function(define,module,exports){{{script}\n}}).call(window);"
            .Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase);
    }

    private static string Read(Assembly assembly, Func<string, bool> isIt)
    {
        using var reader = new StreamReader(
            assembly.GetManifestResourceStream(assembly.GetManifestResourceNames().Single(isIt))!);
        return reader.ReadToEnd();
    }
}
