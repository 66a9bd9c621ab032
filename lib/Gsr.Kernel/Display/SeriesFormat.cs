using System.Reflection;
using Deedle;
using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Display;

/// <summary>Deedle's series, whatever their keys and values.</summary>
internal static class SeriesFormat
{
    private static readonly MethodInfo Builder =
        typeof(SeriesFormat).GetMethod(nameof(Build), BindingFlags.Static | BindingFlags.NonPublic)!;

    internal static MimeBundle? TryFormat(object value)
    {
        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(Series<,>))
                continue;
            var (table, summary) = ((Table, string))Builder.MakeGenericMethod(type.GetGenericArguments())
                .Invoke(null, [value])!;
            return MimeFormatter.Plain($"{summary}\n{table.ToText()}")
                .Add("text/html", $"{table.ToHtml()}<p><small>{Text.Escape(summary)}</small></p>");
        }
        return null;
    }

    /// <summary>The value at an address; a missing one is Grid.Missing.</summary>
    internal static object? At(IVector vector, long address)
    {
        var cell = vector.GetObject(address);
        return cell.HasValue ? cell.Value : Grid.Missing;
    }

    private static (Table Table, string Summary) Build<TKey, TValue>(Series<TKey, TValue> series)
    {
        var vector = ((ISeries<TKey>)series).Vector;
        var table = Grid.Build(series.KeyCount, 1, row => Text.Cell(series.GetKeyAt(row)),
            _ => Text.TypeName(typeof(TValue)), (row, _) => At(vector, series.Index.AddressAt(row)));
        return (table, $"Series: {Text.Count(series.KeyCount)} keys, {Text.Count(series.ValueCount)} values");
    }
}
