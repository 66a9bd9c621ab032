using System.Globalization;
using System.Text;

namespace Gsr.Experiments.OwnData;

/// <summary>
/// A table for other programs: comma-separated values as RFC 4180 has them, artifacts/results/NAME.csv.
/// </summary>
public static class TableFile
{
    /// <summary>
    /// Writes a table, whole or not at all, and returns the path; null and NaN are left empty, numbers written in
    /// invariant form.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The name is not a plain file name, or a row does not fit the headings.
    /// </exception>
    public static string Write(string name, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<object?>> rows,
        string? folder = null)
    {
        var text = new StringBuilder().AppendJoin(',', headings.Select(Field)).Append("\r\n");
        foreach (var row in rows)
        {
            Arguments.Length(row.Count, headings.Count, nameof(rows), "heading");
            text.AppendJoin(',', row.Select(Field)).Append("\r\n");
        }

        return ResultsFile.Save(name, ".csv", text.ToString(), folder);
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
