using System.Globalization;
using System.Text;

namespace Gsr.Experiments.OwnData;

/// <summary>A table for other programs: comma-separated values as RFC 4180 has them, artifacts/results/NAME.csv.</summary>
public static class TableFile
{
    /// <summary>Writes a table, whole or not at all.</summary>
    /// <param name="name">The file's name without ending.</param>
    /// <param name="headings">One per column.</param>
    /// <param name="rows">Texts and numbers, one per column; null and NaN are left empty, numbers written in invariant form.</param>
    /// <param name="folder">As for <see cref="ResultsFile.Write"/>.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="ArgumentException">The name is not a plain file name, or a row has more or fewer values than there are headings.</exception>
    public static string Write(string name, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<object?>> rows, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(headings);
        ArgumentNullException.ThrowIfNull(rows);
        var text = new StringBuilder().AppendJoin(',', headings.Select(Field)).Append("\r\n");
        var number = 0;
        foreach (var row in rows)
        {
            if (row.Count != headings.Count)
                throw new ArgumentException($"rows[{number}] has {row.Count} values; there are {headings.Count} headings.", nameof(rows));
            text.AppendJoin(',', row.Select(Field)).Append("\r\n");
            number++;
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
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
