using System.Text.Json;

namespace Gsr.Tests.Golden;

/// <summary>Reference values of graph-metrics.json, by path: Value("rook3x3_y1..9", "moran").</summary>
internal static class GraphMetricsGolden
{
    public static double Value(params string[] path) => Element(path).GetDouble();

    public static double[] Values(params string[] path) =>
        [.. Element(path).EnumerateArray().Select(e => e.GetDouble())];

    private static JsonElement Element(string[] path) =>
        path.Aggregate(Root, (element, name) => element.GetProperty(name));

    private static readonly JsonElement Root = Load();

    private static JsonElement Load()
    {
        using var stream = typeof(GraphMetricsGolden).Assembly.GetManifestResourceStream("graph-metrics.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
