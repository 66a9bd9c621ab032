using System.Collections;
using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Display;

/// <summary>Two-dimensional arrays, as numeric tables; arrays of more dimensions as their shape.</summary>
internal static class ArrayFormat
{
    internal static MimeBundle? TryFormat(object value)
    {
        if (value is not Array { Rank: > 1 } array)
            return null;
        var shape = string.Join("×", Enumerable.Range(0, array.Rank).Select(array.GetLength));
        var title = $"{Text.TypeName(array.GetType().GetElementType()!)}[{shape}]";
        if (array.Rank > 2 || array.Length == 0)
            return MimeFormatter.Plain(title);
        var table = Grid.Build(
            array.GetLength(0), array.GetLength(1), row => Text.Count(row), column => Text.Count(column),
            (row, column) => array.GetValue(row + array.GetLowerBound(0), column + array.GetLowerBound(1)));
        return MimeFormatter.Plain($"{title}\n{table.ToText()}").Add("text/html", table.ToHtml());
    }
}

/// <summary>Dictionaries, as a table of keys and values.</summary>
internal static class DictionaryFormat
{
    internal static MimeBundle? TryFormat(object value)
    {
        if (value is not IDictionary pairs)
            return null;
        var table = new Table(["key", "value"]) { Keyed = true };
        foreach (DictionaryEntry pair in pairs)
        {
            var (key, content) = (pair.Key, pair.Value);
            table.Add([Text.Cell(key), Text.Cell(content)], at => Text.IsNumber(at == 0 ? key : content));
            if (table.Count == Limits.Rows)
                break;
        }
        if (pairs.Count > Limits.Rows)
            table.Note = $"first {Limits.Rows} of {Text.Count(pairs.Count)} entries";
        var bundle = MimeFormatter.Plain(Inline.Write(value, Limits.Rows));
        return pairs.Count == 0 ? bundle : bundle.Add("text/html", table.ToHtml());
    }
}
