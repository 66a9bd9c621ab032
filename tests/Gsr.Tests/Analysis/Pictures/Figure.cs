using System.Text.Json.Nodes;
using Plotly.NET;

namespace Gsr.Tests.Analysis.Pictures;

/// <summary>A picture as the JSON that a notebook stores.</summary>
internal sealed class Figure
{
    private readonly JsonNode _root;

    internal Figure(GenericChart chart)
    {
        Text = GenericChart.toFigureJson(chart);
        _root = JsonNode.Parse(Text)!;
    }

    internal string Text { get; }

    internal JsonArray Traces => _root["data"]!.AsArray();

    internal JsonObject Layout => _root["layout"]!.AsObject();

    internal IEnumerable<JsonNode> OfType(string type) => Traces.Where(trace => (string?)trace!["type"] == type)!;

    internal int Panels => Layout.Count(property => property.Key.StartsWith("xaxis", StringComparison.Ordinal));

    internal IEnumerable<string> Lettering => Layout["annotations"]?.AsArray().Select(note => (string)note!["text"]!)
        ?? [];

    internal static double?[] Numbers(JsonNode? array) => [.. array!.AsArray().SelectMany(Flat)];

    private static IEnumerable<double?> Flat(JsonNode? node) =>
        node is JsonArray inner ? inner.SelectMany(Flat) : [(double?)node];
}
