using Gsr.Kernel.Documents;
using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Display;

/// <summary>Plotly.NET's charts: JSON for VS Code and Jupyter, HTML for pages that do not know that type.</summary>
internal static class ChartFormat
{
    private static readonly string Script = ChartLibrary.Script(PageAssets.ChartScript, Notebook.KernelName);

    internal static MimeBundle? TryFormat(object value) => PlotlyFigure.Of(value) is not { } figure ? null
        : MimeFormatter.Plain(PlotlyFigure.Summary(figure))
            .Add(PlotlyFigure.MimeType, figure)
            .Add("text/html", PlotlyFigure.Html(figure, Script));
}
