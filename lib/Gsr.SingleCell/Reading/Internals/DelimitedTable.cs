using System.Globalization;
using System.Text;

namespace Gsr.SingleCell.Reading;

/// <summary>A table of text as it is in the file, before its orientation is known.</summary>
internal sealed class DelimitedTable
{
    private static readonly byte[] Separators = [(byte)'\t', (byte)',', (byte)';'];

    private DelimitedTable(byte separator, string heading)
    {
        Heading = heading;
        SeparatorName = separator switch
        {
            (byte)'\t' => "tabs",
            (byte)',' => "commas",
            (byte)';' => "semicolons",
            _ => $"'{(char)separator}'"
        };
    }

    public string Heading { get; }

    public string SeparatorName { get; }

    public List<string> RowNames { get; } = [];

    public List<string> ColumnNames { get; } = [];

    public List<(string Name, List<string?> Values)> Texts { get; } = [];

    public RowCollector Rows { get; private set; } = null!;

    public static DelimitedTable Read(TextLines lines, char? wanted)
    {
        if (!lines.Read()) throw DelimitedReader.Fault(lines, "heading", "an empty file", "a line of names");
        CheckText(lines);
        byte[] heading = lines.Line.ToArray();
        if (!NextLine(lines))
            throw DelimitedReader.Fault(lines, "row", "the end of the file", "a line of a name and numbers");
        byte separator = wanted is { } given ? (byte)given : Separator(lines, heading);
        var names = Fields(lines, heading, separator, 1);
        int width = Fields(lines, lines.Line, separator, lines.Number).Count;
        // R writes no heading over the column of names.
        if (names.Count == width - 1) names.Insert(0, "");
        if (names.Count != width || width < 2)
        {
            throw DelimitedReader.Fault(lines, "fields", $"{width}",
                width < 2 ? "a name and at least one number" : $"{names.Count} as in the heading, or one more");
        }
        var table = new DelimitedTable(separator, names[0]);
        table.ReadRows(lines, separator, names);
        return table;
    }

    private void ReadRows(TextLines lines, byte separator, List<string> names)
    {
        // A column is text where its first value is no number.
        var firsts = Fields(lines, lines.Line, separator, lines.Number);
        var texts = new List<string?>?[names.Count];
        for (int i = 1; i < names.Count; i++)
        {
            if (IsNumber(firsts[i], separator) || IsMissing(firsts[i])) ColumnNames.Add(names[i]);
            else Texts.Add((names[i], texts[i] = []));
        }
        if (ColumnNames.Count == 0)
        {
            throw DelimitedReader.Fault(
                lines, "fields", TextLines.Excerpt(lines.Line), "at least one number after the name");
        }
        Rows = new RowCollector(ColumnNames.Count);
        var values = new float[ColumnNames.Count];
        do
        {
            ReadRow(lines, separator, texts, values);
            Rows.Add(values);
        }
        while (NextLine(lines));
    }

    private void ReadRow(TextLines lines, byte separator, List<string?>?[] texts, float[] values)
    {
        var fields = new FieldReader(lines.Line, separator);
        int at = 0, column = 0;
        try
        {
            while (fields.Next(out var field, out bool quoted))
            {
                if (at == texts.Length)
                    throw DelimitedReader.Fault(lines, "fields", $"more than {at}", $"{at}, as in the lines before");
                if (at == 0)
                    RowNames.Add(FieldReader.Text(field, quoted));
                else if (texts[at] is { } list)
                    list.Add(Missing(FieldReader.Text(field, quoted)));
                else if (!TryNumber(field, separator, out values[column++]))
                {
                    throw DelimitedReader.Fault(lines, $"field {at + 1} ('{Shortened(ColumnNames[column - 1])}')",
                        TextLines.Excerpt(field), "a finite number");
                }
                at++;
            }
        }
        catch (FormatException error)
        {
            throw DelimitedReader.Fault(lines, $"field {at + 1}", error.Message, "quotes in pairs");
        }
        if (at < texts.Length)
            throw DelimitedReader.Fault(lines, "fields", $"{at}", $"{texts.Length}, as in the lines before");
    }

    private static string? Missing(string text) => IsMissing(text) ? null : text;

    private static bool IsMissing(string text) => text is "" or "NA" or "NaN" or "nan" or "N/A" or "null";

    private static string Shortened(string name) => name.Length > 40 ? name[..40] + "..." : name;

    private static bool IsNumber(string text, byte separator)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return TryNumber(bytes, separator, out _)
            || (text.Length > 0 && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
    }

    private static bool TryNumber(ReadOnlySpan<byte> field, byte separator, out float value)
    {
        if (Utf8Number.TryFinite(field, out value)) return true;
        if (separator != ';' || field.Length > 40 || field.Count((byte)',') != 1) return false;
        Span<byte> point = stackalloc byte[field.Length];
        field.CopyTo(point);
        point[field.IndexOf((byte)',')] = (byte)'.';
        return Utf8Number.TryFinite(point, out value);
    }

    // The separator that gives both lines as many fields (or the heading one fewer), the most where several do.
    private static byte Separator(TextLines lines, ReadOnlySpan<byte> heading)
    {
        byte best = 0;
        int most = 1;
        foreach (byte separator in Separators)
        {
            int names = FieldReader.Count(heading, separator), fields = FieldReader.Count(lines.Line, separator);
            if (fields > most && (names == fields || names == fields - 1)) (best, most) = (separator, fields);
        }
        if (most == 1)
        {
            throw DelimitedReader.Fault(lines, "separator",
                $"a heading {TextLines.Excerpt(heading)} and a line {lines.Excerpt()}",
                "as many fields in both, divided by tab, comma or semicolon");
        }
        return best;
    }

    private static List<string> Fields(TextLines lines, ReadOnlySpan<byte> line, byte separator, long number)
    {
        try
        {
            return FieldReader.All(line, separator);
        }
        catch (FormatException error)
        {
            throw DelimitedReader.Fault(lines, $"fields of line {number}", error.Message, "quotes in pairs");
        }
    }

    private static bool NextLine(TextLines lines)
    {
        while (lines.Read())
        {
            CheckText(lines);
            if (!lines.Line.IsEmpty) return true;
        }
        return false;
    }

    private static void CheckText(TextLines lines)
    {
        if (lines.Line.Contains((byte)0))
            throw DelimitedReader.Fault(lines, "text", "a zero byte", "UTF-8 text (a binary or UTF-16 file is not)");
    }
}

/// <summary>HTSeq's tallies, taken out of the genes.</summary>
internal static class Tallies
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "no_feature", "ambiguous", "too_low_aQual", "not_aligned", "alignment_not_unique",
    };

    /// <summary>The matrix without tallies among the genes; they are columns of the cells.</summary>
    public static AnnotatedMatrix Separated(AnnotatedMatrix matrix)
    {
        var names = matrix.GeneTable.Names;
        int[] tallies = [.. Enumerable.Range(0, names.Count).Where(i => IsTally(names[i]))];
        if (tallies.Length == 0) return matrix;
        var separated = matrix.SelectGenes(
            [.. Enumerable.Range(0, names.Count).Where(i => !IsTally(names[i]))]);
        foreach (int i in tallies)
            separated = separated.WithCellColumn($"htseq_{names[i].TrimStart('_')}", matrix.Values.Column(i));
        return separated.WithRemark(
            $"{tallies.Length} tallies of HTSeq were taken out of the genes: "
            + $"{string.Join(", ", tallies.Select(i => names[i]))}.");
    }

    private static bool IsTally(string name) =>
        Names.Contains(name.StartsWith("__", StringComparison.Ordinal) ? name[2..] : name);
}
