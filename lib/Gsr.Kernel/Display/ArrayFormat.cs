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
        var table = Grid.Build(array.GetLength(0), array.GetLength(1), row => Text.Count(row), column => Text.Count(column),
            (row, column) => array.GetValue(row + array.GetLowerBound(0), column + array.GetLowerBound(1)));
        return MimeFormatter.Plain($"{title}\n{table.ToText()}").Add("text/html", table.ToHtml());
    }
}
