using System.Globalization;

namespace Gsr.Experiments.OwnData;

/// <summary>A table for other programs: comma-separated values as RFC 4180 has them.</summary>
public static class TableFile
{
    /// <summary>
    /// Writes a table row by row; null and NaN are left empty, numbers written in invariant form.
    /// </summary>
    /// <exception cref="ArgumentException">A row does not fit the headings.</exception>
    public static void Write(string path, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<object?>> rows)
    {
        using var writer = new StreamWriter(path);
        Line(headings);
        foreach (var row in rows)
        {
            Arguments.Length(row.Count, headings.Count, nameof(rows), "heading");
            Line(row);
        }

        void Line(IReadOnlyList<object?> fields)
        {
            for (var i = 0; i < fields.Count; i++)
            {
                if (i > 0) writer.Write(',');
                writer.Write(Field(fields[i]));
            }

            writer.Write("\r\n");
        }
    }

    private static string Field(object? value)
    {
        var text = value switch
        {
            null or double.NaN or float.NaN => "",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
        return text.AsSpan().ContainsAny(",\"\r\n")
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }
}
