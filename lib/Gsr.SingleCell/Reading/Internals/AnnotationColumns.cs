using System.Globalization;

namespace Gsr.SingleCell.Reading;

/// <summary>The columns of a file of labels, as text, with their line numbers.</summary>
internal sealed class AnnotationColumns
{
    private const string Remedy = "Export the table again with one heading line and as many fields in every line.";
    private static readonly byte[] Separators = [(byte)'\t', (byte)',', (byte)';'];

    private AnnotationColumns(string file, string[] names, byte separator) =>
        (File, Names, Columns, DecimalComma) =
            (file, names, [.. names.Select(_ => new List<string?>())], separator == ';');

    /// <summary>What error messages call the file.</summary>
    public string File { get; }

    /// <summary>Headings, each once; columns without one are called "column1" and so on.</summary>
    public string[] Names { get; }

    /// <summary>Per column one text per row, null where it is missing.</summary>
    public List<string?>[] Columns { get; }

    /// <summary>The line of each row.</summary>
    public List<long> Lines { get; } = [];

    private bool DecimalComma { get; }

    /// <summary>Number of rows.</summary>
    public int Rows => Lines.Count;

    public static AnnotationColumns Read(Stream stream, string file)
    {
        using var lines = new TextLines(stream, file);
        if (!NextLine(lines)) throw lines.Fault("heading", "an empty file", "a line of column names", Remedy);
        byte[] heading = lines.Line.ToArray();
        if (!NextLine(lines)) throw lines.Fault("row", "the end of the file", "one line for each cell", Remedy);
        byte separator = Separator(heading, lines.Line);
        var names = Fields(lines, heading, separator);
        // R writes no heading over the column of names.
        if (names.Count == Fields(lines, lines.Line, separator).Count - 1) names.Insert(0, "");
        string[] named = [.. names.Select((name, i) => string.IsNullOrWhiteSpace(name) ? $"column{i + 1}" : name)];
        var table = new AnnotationColumns(file, UniqueNames.Make(named).Names, separator);
        do table.Add(lines, separator);
        while (NextLine(lines));
        return table;
    }

    /// <summary>A column as whole numbers, numbers, truth values or text, whichever fits all its values.</summary>
    /// <param name="column">From 0.</param>
    /// <param name="rows">The row of each value; -1 where there is none.</param>
    public Array Typed(int column, int[] rows)
    {
        string?[] texts = Array.ConvertAll(rows, row => row < 0 ? null : Columns[column][row]);
        string[] present = [.. texts.OfType<string>()];
        bool complete = present.Length == texts.Length;
        if (present.Length == 0) return texts;
        if (complete && present.All(text => bool.TryParse(text, out _)))
            return Array.ConvertAll(texts, text => bool.Parse(text!));
        // 007 is a code and no number.
        if (present.Any(text => text.Length > 1 && text[0] == '0' && char.IsAsciiDigit(text[1]))) return texts;
        if (complete && present.All(IsWhole))
            return Array.ConvertAll(texts, text => long.Parse(text!, CultureInfo.InvariantCulture));
        return present.All(text => TryNumber(text, out _))
            ? Array.ConvertAll(texts, text => text is not null && TryNumber(text, out double v) ? v : double.NaN)
            : texts;
    }

    public DataFormatException Fault(string what, string found, string expected, string remedy) =>
        new(File, null, what, found, expected, remedy);

    private void Add(TextLines lines, byte separator)
    {
        var fields = Fields(lines, lines.Line, separator);
        if (fields.Count != Names.Length)
            throw lines.Fault("fields", $"{fields.Count}", $"{Names.Length}, as in the first row", Remedy);
        for (int i = 0; i < fields.Count; i++)
            Columns[i].Add(fields[i] is "" or "NA" or "NaN" or "nan" or "N/A" or "null" ? null : fields[i]);
        Lines.Add(lines.Number);
    }

    private static bool IsWhole(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private bool TryNumber(string text, out double value) => double.TryParse(
        DecimalComma ? text.Replace(',', '.') : text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    // The one that gives both lines as many fields (or the heading one fewer), the most where several do; none: one
    // column.
    private static byte Separator(ReadOnlySpan<byte> heading, ReadOnlySpan<byte> row)
    {
        byte best = Separators[0];
        int most = 2;
        foreach (byte separator in Separators)
        {
            int names = FieldReader.Count(heading, separator), fields = FieldReader.Count(row, separator);
            // Twice as many, and one for equal numbers: a decimal comma makes one field more than the heading has.
            int score = (2 * fields) + (names == fields ? 1 : 0);
            if (fields > 1 && score > most && (names == fields || names == fields - 1))
                (best, most) = (separator, score);
        }
        return best;
    }

    private static List<string> Fields(TextLines lines, ReadOnlySpan<byte> line, byte separator)
    {
        try
        {
            return FieldReader.All(line, separator);
        }
        catch (FormatException error)
        {
            throw lines.Fault("quotes", error.Message, "quotes in pairs", Remedy);
        }
    }

    private static bool NextLine(TextLines lines)
    {
        while (lines.Read())
        {
            if (lines.Line.Contains((byte)0))
            {
                throw lines.Fault(
                    "text", "a zero byte", "UTF-8 text (a binary or UTF-16 file is not)", TextLines.Remedy);
            }
            if (!lines.Line.IsEmpty) return true;
        }
        return false;
    }
}
