using System.Globalization;
using System.Net;
using Deedle;
using Gsr.Analysis.Pictures;
using Gsr.Graphs;
using Gsr.Kernel.Display;
using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;
using TorchSharp;

namespace Gsr.Interactive;

/// <summary>How .NET Interactive shows the values of a notebook about graph-regularized layers.</summary>
/// <remarks>Progress of a training and tables of claims bring their formats along (TypeFormatterSource).</remarks>
internal static class Formats
{
    private const string Html = "text/html", Plain = "text/plain";

    // A picture of more nodes shows nothing, and a spectrum of more makes people wait who only look.
    private const int MostNodes = 400;

    public static void Register()
    {
        RegisterFigure<GenericChart>();
        RegisterFigure<Figure>();
        Register<FeatureGraph>(graph => graph.ToString(), Show);
        Register<Laplacian>(Show, laplacian => Lines(Show(laplacian)));
        Register<torch.Tensor>(Show, tensor => Lines(Show(tensor)));
        Register<IFrame>(frame => frame.Apply(new FrameText()), frame => frame.Apply(new FrameHtml()));
    }

    private static void RegisterFigure<T>() where T : notnull
    {
        Register<T>(value => PlotlyFigure.Summary(PlotlyFigure.Of(value)!), value => ChartHtml.Of(value));
        Formatter.Register<T>(value => PlotlyFigure.Of(value)!.ToJsonString(), PlotlyFigure.MimeType);
        Formatter.SetPreferredMimeTypesFor(typeof(T), Html, PlotlyFigure.MimeType, Plain);
    }

    private static void Register<T>(Func<T, string> text, Func<T, string> html)
    {
        Formatter.Register(text, Plain);
        Formatter.Register(html, Html);
        Formatter.SetPreferredMimeTypesFor(typeof(T), Html, Plain);
    }

    private static string Show(FeatureGraph graph) => graph.NodeCount > MostNodes || graph.NodeCount == 0
        ? Lines(graph.ToString()) : ChartHtml.Of(GraphSignal.Draw(graph, graph.Degrees(), valueName: "degree"));

    private static string Show(Laplacian laplacian)
    {
        if (laplacian.NodeCount is 0 or > MostNodes)
            return laplacian.ToString();
        var values = laplacian.Spectrum().Eigenvalues
            .Select(value => value.ToString("G4", CultureInfo.InvariantCulture)).ToList();
        var shown = values.Count <= 8 ? values : [.. values.Take(6), "…", values[^1]];
        return $"{laplacian}\neigenvalues {string.Join(", ", shown)}";
    }

    private static string Show(torch.Tensor tensor) =>
        tensor.IsInvalid ? "Tensor (disposed)" : tensor.ToString(TensorStringStyle.Julia);

    private static string Lines(string text) => $"<pre>{WebUtility.HtmlEncode(text)}</pre>";
}
