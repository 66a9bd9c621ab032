using System.Reflection;
using Deedle;
using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Display;

/// <summary>Deedle's frames, whatever their keys.</summary>
internal static class FrameFormat
{
    internal static MimeBundle? TryFormat(object value)
    {
        if (value is not IFrame frame)
            return null;
        var table = frame.Apply(new ToTable());
        var summary = Summary(frame);
        return MimeFormatter.Plain($"{summary}\n{table.ToText()}")
            .Add("text/html", $"{table.ToHtml()}<p><small>{summary}</small></p>");
    }

    internal static string Summary(IFrame frame) => frame.Apply(new ToSummary());

    private sealed class ToSummary : IFrameOperation<string>
    {
        public string Invoke<TRow, TColumn>(Frame<TRow, TColumn> frame) =>
            $"Frame: {Text.Count(frame.RowCount)} rows × {Text.Count(frame.ColumnCount)} columns";
    }

    private sealed class ToTable : IFrameOperation<Table>
    {
        public Table Invoke<TRow, TColumn>(Frame<TRow, TColumn> frame)
        {
            var names = frame.ColumnKeys.ToList();
            // Only the columns shown are touched, and only the cells shown: a conversion of whole columns would read
            // all.
            var columns = new Dictionary<int, IVector>();
            return Grid.Build(frame.RowCount, names.Count, row => Text.Cell(frame.GetRowKeyAt(row)),
                column => Text.Cell(names[column]), (row, column) =>
                {
                    if (!columns.TryGetValue(column, out var vector))
                        columns[column] = vector = ((ISeries<TRow>)frame.Columns.GetAt(column)).Vector;
                    return SeriesFormat.At(vector, frame.RowIndex.AddressAt(row));
                });
        }
    }
}

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
