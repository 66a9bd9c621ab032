using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Newtonsoft.Json;
using Plotly.NET;

namespace Gsr.Kernel.Display;

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
        byte or sbyte or short or ushort or uint => JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
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
        var some = type.IsGenericType && type.GetGenericTypeDefinition().FullName == "Microsoft.FSharp.Core.FSharpOption`1";
        inner = some ? type.GetProperty("Value")!.GetValue(value) : null;
        return some;
    }

    private static JsonNode? Asked(object value) => JsonNode.Parse(Serialise(value));

    private static string Serialise(object value) => JsonConvert.SerializeObject(value, Globals.JSON_CONFIG);
}
