using System.Globalization;
using System.Text.RegularExpressions;

namespace Gsr.SingleCell.Reading;

/// <summary>The tab-separated files beside a 10x matrix: one line per gene or cell, the name first.</summary>
internal static partial class NameFile
{
    private static readonly HashSet<string> Headings = new(StringComparer.OrdinalIgnoreCase)
    {
        "", "x", "id", "gene", "genes", "gene_id", "gene_name", "feature", "features", "symbol", "barcode", "barcodes",
            "cell", "cells", "cell_id",
    };

    /// <summary>Reads all lines as columns, as many as the first line has; missing fields are null.</summary>
    /// <param name="stream">The whole file, plain or gzip.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="encoding">What to say of its encoding, or null.</param>
    public static List<string?[]> Read(Stream stream, string name, out string? encoding)
    {
        using var lines = new TextLines(stream, name);
        var columns = new List<List<string?>>();
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        while (lines.Read())
        {
            var rest = lines.Line;
            if (rest.Contains((byte)0)) throw lines.Fault("name", "a zero byte", "text", TextLines.Remedy);
            if (lines.Number == 1)
            {
                for (var i = rest.Count((byte)'\t'); i >= 0; i--) columns.Add([]);
            }
            for (var i = 0; i < columns.Count; i++)
            {
                var end = rest.IndexOf((byte)'\t');
                var field = end < 0 ? rest : rest[..end];
                var missing = end < 0 && rest.IsEmpty && i > 0;
                rest = end < 0 ? [] : rest[(end + 1)..];
                columns[i].Add(missing ? null : Text(field, i < 2 ? null : known));
            }
            if (columns[0][^1]!.Length == 0 && lines.Number > 1)
                throw lines.Fault("name", "nothing", "a name", "Remove empty lines, or fetch the file again.");
        }
        encoding = lines.EncodingRemark;
        return columns.ConvertAll(column => column.ToArray());
    }

    /// <summary>
    /// The columns as they are meant where so many lines are expected: without a first line that is a heading, and
    /// without the numbers that R writes before each line.
    /// </summary>
    public static List<string?[]> Only(List<string?[]> columns, int expected)
    {
        if (columns.Count == 0 || columns[0].Length != expected + 1) return WithoutNumbers(columns) ?? columns;
        var rest = columns.ConvertAll(column => column[1..]);
        var names = WithoutNumbers(rest);
        return names ?? (Headings.Contains(columns[0][0]!) ? rest : columns);
    }

    // null where the lines are not numbered.
    private static List<string?[]>? WithoutNumbers(List<string?[]> columns)
    {
        if (columns.Count == 0 || columns[0].Length == 0) return null;
        var split = columns.Count == 1 ? Array.ConvertAll(columns[0], text => NumberFirst().Match(text!)) : null;
        if (split is not null && !split.All(match => match.Success)) return null;
        var numbers = split is null ? columns[0] : Array.ConvertAll(split, match => match.Groups[1].Value);
        var first = numbers[0] == "0" ? 0 : 1;
        for (var i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] != (first + i).ToString(CultureInfo.InvariantCulture)) return null;
        }
        return split is null ? columns[1..] : [Array.ConvertAll(split, match => match.Groups[2].Value)];
    }

    // A name after its line's number, by write.table or write.csv; the outer quotes are gone.
    [GeneratedRegex("^(\\d+)\"?[ ,;]\"?(.+)$")]
    private static partial Regex NumberFirst();

    // The third column says "Gene Expression" in every line: one string for all of them.
    private static string Text(ReadOnlySpan<byte> field, Dictionary<string, string>? known)
    {
        if (field.Length > 1 && field[0] == '"' && field[^1] == '"') field = field[1..^1];
        var text = TextLines.Decoded(field);
        if (known is null) return text;
        if (known.TryGetValue(text, out var same)) return same;
        return known[text] = text;
    }
}
