using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Newtonsoft.Json;
using Plotly.NET;

namespace Gsr.Kernel.Display;

/// <summary>
/// What a front end needs to draw one of Plotly.NET's charts. A part of this engine and of Gsr.Interactive, so that
/// .NET Interactive shows the same.
/// </summary>
internal static class PlotlyFigure
{
    public const string MimeType = "application/vnd.plotly.v1+json";

    /// <summary>The figure of a chart or of Plotly.NET's figure; null for anything else.</summary>
    public static JsonObject? Of(object value) => value switch
    {
        GenericChart chart => new()
        {
            ["data"] = PlotlyJson.Of(GenericChart.getTraces(chart)),
            ["layout"] = PlotlyJson.Of(GenericChart.getLayout(chart)),
            ["config"] = PlotlyJson.Of(GenericChart.getConfig(chart)),
        },
        Figure figure => OfFigure(figure),
        _ => null,
    };

    /// <summary>Such as "Chart: 2 heatmap traces, 'Neurons and marker genes'".</summary>
    public static string Summary(JsonObject figure)
    {
        var (traces, layout) = (figure["data"]!.AsArray(), figure["layout"]!);
        var kinds = traces.Select(trace => trace?["type"]?.ToString() ?? "scatter").Distinct().ToList();
        var title = layout["title"] is JsonObject named ? named["text"]?.ToString() : layout["title"]?.ToString();
        var noun = traces.Count == 1 ? "trace" : "traces";
        var kind = kinds.Count is 1 or 2 ? string.Join(" and ", kinds) + " " : "";
        return $"Chart: {traces.Count} {kind}{noun}{(string.IsNullOrEmpty(title) ? "" : $", '{title}'")}";
    }

    /// <summary>The chart for a page that does not know the type of the figure.</summary>
    /// <param name="figure">As of <see cref="Of"/>.</param>
    /// <param name="script">
    /// Draws <c>{{figure}}</c> into the element <c>{{id}}</c>, which stands before it.
    /// </param>
    public static string Html(JsonObject figure, string script)
    {
        // System.Text.Json's default encoder writes "<", ">" and "&" as \u003C and so on: no text can end the script.
        var json = figure.ToJsonString();
        // The identity comes from the content, so that a rerun with equal results gives an equal file.
        var id = "chart-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)).AsSpan(0, 8));
        var height = figure["layout"]?["height"] is JsonValue given && given.TryGetValue<int>(out var pixels)
            ? pixels : 450;
        // The script's own div stands before it, unless the page runs scripts elsewhere than they stand (Jupyter
        // Notebook 6): then it is the first of its name that no script has taken; a chart shown twice bears one name
        // twice. With RequireJS in the page the library may come through it alone; without, all charts of the page wait
        // for one script.
        return $"<div id=\"{id}\" class=\"plotly-graph-div\" style=\"min-height:{height}px\"></div>"
            + $"<script>{script.Replace("{{id}}", id).Replace("{{figure}}", json)}</script>";
    }

    private static JsonObject OfFigure(Figure figure)
    {
        var json = new JsonObject
        {
            ["data"] = PlotlyJson.Of(figure.Data),
            ["layout"] = PlotlyJson.Of(figure.Layout),
            ["config"] = new JsonObject(),
        };
        if (!figure.Frames.IsEmpty)
            json["frames"] = PlotlyJson.Of(figure.Frames);
        return json;
    }
}

/// <summary>
/// Where a page finds plotly.js, in the version that Plotly.NET 6.0.0 was made for. The server of a notebook gives out
/// what lies beside its kernel's kernelspec, so that charts are drawn there without a network; other pages have the web
/// only.
/// </summary>
internal static class ChartLibrary
{
    public const string FileName = Name + ".js";

    /// <summary>The address on the web, without the ending that RequireJS adds.</summary>
    public const string Address = "https://cdn.plot.ly/" + Name;

    /// <summary>The name of file and module, by which no other version is taken for this one.</summary>
    public const string Name = "plotly-2.28.0.min";

    /// <summary>The script that draws a chart, told where the library may be.</summary>
    /// <param name="script">The engine's <c>chart.js</c>.</param>
    /// <param name="kernel">The kernelspec beside which a notebook's server may have it.</param>
    public static string Script(string script, string kernel) => script.ReplaceLineEndings("\n").TrimEnd()
        .Replace("{{name}}", Name).Replace("{{address}}", Address).Replace("{{kernel}}", kernel);
}

/// <summary>
/// Plotly.NET's property trees as JSON. Its own serialiser takes most of a second at first and about 100 ms per chart
/// after; this walk takes a millisecond or two, and asks that serialiser only about nodes that it does not know.
/// </summary>
internal static class PlotlyJson
{
    private static readonly ConditionalWeakTable<object, string> Colours = [];

    internal static JsonNode? Of(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        // JSON has no NaN and no infinity; Plotly draws null as the gap that is meant, but a string as a category.
        double number => double.IsFinite(number) ? JsonValue.Create(number) : null,
        float number => float.IsFinite(number) ? JsonValue.Create(number) : null,
        byte or sbyte or short or ushort or uint =>
            JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        ulong number => JsonValue.Create(number),
        decimal number => JsonValue.Create(number),
        char letter => JsonValue.Create(letter.ToString()),
        DynamicObj.DynamicObj tree => Object(tree),
        Color => JsonNode.Parse(Colours.GetValue(value, Serialise)),
        DateTime or DateTimeOffset or Enum or byte[] => Asked(value),
        IDictionary => Asked(value),
        Array { Rank: > 1 } array => Nested(array, 0, new int[array.Rank]),
        IEnumerable sequence => Sequence(sequence),
        _ => Option(value, out var inner) ? Of(inner) : Asked(value),
    };

    private static JsonObject Object(DynamicObj.DynamicObj tree)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var node = new JsonObject();
        foreach (var property in tree.GetProperties(true))
            node[property.Key] = Of(property.Value);
        return node;
    }

    private static JsonArray Sequence(IEnumerable sequence)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var node = new JsonArray();
        foreach (var item in sequence)
            node.Add(Of(item));
        return node;
    }

    private static JsonArray Nested(Array array, int dimension, int[] index)
    {
        var node = new JsonArray();
        for (var at = array.GetLowerBound(dimension); at <= array.GetUpperBound(dimension); at++)
        {
            index[dimension] = at;
            node.Add(dimension == array.Rank - 1 ? Of(array.GetValue(index)) : Nested(array, dimension + 1, index));
        }
        return node;
    }

    /// <summary>F#'s Some; its None is null.</summary>
    private static bool Option(object value, out object? inner)
    {
        var type = value.GetType();
        var some = type.IsGenericType
            && type.GetGenericTypeDefinition().FullName == "Microsoft.FSharp.Core.FSharpOption`1";
        inner = some ? type.GetProperty("Value")!.GetValue(value) : null;
        return some;
    }

    private static JsonNode? Asked(object value) => JsonNode.Parse(Serialise(value));

    private static string Serialise(object value) => JsonConvert.SerializeObject(value, Globals.JSON_CONFIG);
}
