using System.Text;

namespace Gsr.SingleCell.Reading;

/// <summary>The tab-separated files beside a 10x matrix: one line per gene or cell, the name first, more columns after it.</summary>
internal static class NameFile
{
    private static readonly HashSet<string> s_headings = new(StringComparer.OrdinalIgnoreCase)
    {
        "", "x", "id", "gene", "genes", "gene_id", "gene_name", "feature", "features", "symbol", "barcode", "barcodes", "cell", "cells", "cell_id",
    };

    /// <summary>Reads all lines as columns, as many as the first line has; what is missing further down is null.</summary>
    /// <param name="stream">The whole file, plain or gzip.</param>
    /// <param name="name">What error messages call it.</param>
    public static List<string?[]> Read(Stream stream, string name)
    {
        using var lines = new TextLines(stream, name);
        var columns = new List<List<string?>>();
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        while (lines.Read())
        {
            ReadOnlySpan<byte> rest = lines.Line;
            if (rest.Contains((byte)0))
                throw lines.Fault("name", "a zero byte", "text", TextLines.Remedy);
            if (lines.Number == 1)
            {
                for (int i = rest.Count((byte)'\t'); i >= 0; i--)
                    columns.Add([]);
            }
            for (int i = 0; i < columns.Count; i++)
            {
                int end = rest.IndexOf((byte)'\t');
                ReadOnlySpan<byte> field = end < 0 ? rest : rest[..end];
                bool missing = end < 0 && rest.IsEmpty && i > 0;
                rest = end < 0 ? [] : rest[(end + 1)..];
                columns[i].Add(missing ? null : Text(field, i < 2 ? null : known));
            }
            if (columns[0][^1]!.Length == 0 && lines.Number > 1)
                throw lines.Fault("name", "nothing", "a name", "Remove empty lines, or fetch the file again.");
        }
        return columns.ConvertAll(column => column.ToArray());
    }

    /// <summary>The columns without their first line where that is a heading over the expected number of lines.</summary>
    public static List<string?[]> WithoutHeading(List<string?[]> columns, int expected) =>
        columns.Count > 0 && columns[0].Length == expected + 1 && s_headings.Contains(columns[0][0]!)
            ? columns.ConvertAll(column => column[1..])
            : columns;

    // The third column says "Gene Expression" in every line: one string for all of them.
    private static string Text(ReadOnlySpan<byte> field, Dictionary<string, string>? known)
    {
        if (field.Length > 1 && field[0] == '"' && field[^1] == '"') field = field[1..^1];
        string text = Encoding.UTF8.GetString(field);
        if (known is null) return text;
        if (known.TryGetValue(text, out string? same)) return same;
        return known[text] = text;
    }
}
