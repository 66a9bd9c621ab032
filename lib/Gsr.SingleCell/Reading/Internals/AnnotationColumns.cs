namespace Gsr.SingleCell.Reading;

/// <summary>The columns of a file of labels, as text, with their line numbers.</summary>
internal sealed class AnnotationColumns
{
    private const string Remedy = "Export the table again with one heading line and as many fields in every line.";
    private static readonly byte[] Separators = [(byte)'\t', (byte)',', (byte)';'];

    private readonly IReadOnlyList<string> _heading;
    private readonly long _headingLine;
    private readonly byte _separator;

    private AnnotationColumns(string file, IReadOnlyList<string> heading, long headingLine, byte separator)
    {
        (File, _heading, _headingLine, _separator) = (file, heading, headingLine, separator);
        Names = UniqueNames.Make(
            [.. heading.Select((name, i) => string.IsNullOrWhiteSpace(name) ? $"column{i + 1}" : name)]).Names;
        Columns = [.. Names.Select(_ => new List<string?>())];
    }

    /// <summary>What error messages call the file.</summary>
    public string File { get; }

    /// <summary>Headings, each once; columns without one are called "column1" and so on.</summary>
    public string[] Names { get; }

    /// <summary>Per column one text per row, null where it is missing.</summary>
    public List<string?>[] Columns { get; }

    /// <summary>The line of each row.</summary>
    public List<long> Lines { get; } = [];

    /// <summary>What to say of the file's encoding, or null.</summary>
    public string? EncodingRemark { get; private set; }

    /// <summary>Number of rows.</summary>
    public int Rows => Lines.Count;

    public static AnnotationColumns Read(Stream stream, string file)
    {
        using var lines = new TextLines(stream, file);
        if (!NextLine(lines)) throw lines.Fault("heading", "an empty file", "a line of column names", Remedy);
        var heading = lines.Line.ToArray();
        var headingLine = lines.Number;
        if (!NextLine(lines)) throw lines.Fault("row", "the end of the file", "one line for each cell", Remedy);
        var separator = Separator(heading, lines.Line);
        var names = Fields(lines, heading, separator);
        // R writes no heading over the column of names.
        if (names.Count == Fields(lines, lines.Line, separator).Count - 1) names.Insert(0, "");
        var table = new AnnotationColumns(file, names, headingLine, separator);
        do table.Add(lines, separator);
        while (NextLine(lines));
        table.EncodingRemark = lines.EncodingRemark;
        return table;
    }

    /// <summary>A column as whole numbers, numbers, truth values or text, whichever fits all its values.</summary>
    /// <param name="column">From 0.</param>
    /// <param name="rows">The row of each value; -1 where there is none.</param>
    public Array Typed(int column, int[] rows) => TextValues.Typed(
        Array.ConvertAll(rows, row => row < 0 ? null : Columns[column][row]), _separator == ';');

    /// <summary>Whether a field of the first line is one of these names: then it is no heading.</summary>
    public bool HeadsWith(AnnotationTable names) => _heading.Any(field => names.IndexOf(field) >= 0);

    /// <summary>Whether the first line has a value that comes again below it, or a number above numbers.</summary>
    public bool HeadsWithValue() => Enumerable.Range(0, Names.Length).Any(column =>
        Columns[column].Contains(_heading[column])
        || TextValues.Typed([_heading[column], .. Columns[column]], decimalComma: false) is long[] or double[]);

    /// <summary>Takes the first line for a row, of a file without a heading.</summary>
    public void TakeHeadingAsRow()
    {
        for (var i = 0; i < Names.Length; i++)
        {
            Columns[i].Insert(0, TextValues.OrNull(_heading[i]));
            Names[i] = $"column{i + 1}";
        }
        Lines.Insert(0, _headingLine);
    }

    public DataFormatException Fault(string what, string found, string expected, string remedy) =>
        new(File, null, what, found, expected, remedy);

    private void Add(TextLines lines, byte separator)
    {
        var fields = Fields(lines, lines.Line, separator);
        if (fields.Count != Names.Length)
            throw lines.Fault("fields", $"{fields.Count}", $"{Names.Length}, as in the first row", Remedy);
        for (var i = 0; i < fields.Count; i++)
            Columns[i].Add(TextValues.OrNull(fields[i]));
        Lines.Add(lines.Number);
    }

    // The one that gives both lines as many fields (or the heading one fewer), the most where several do; none: one
    // column.
    private static byte Separator(ReadOnlySpan<byte> heading, ReadOnlySpan<byte> row)
    {
        var best = Separators[0];
        var most = 2;
        foreach (var separator in Separators)
        {
            int names = FieldReader.Count(heading, separator), fields = FieldReader.Count(row, separator);
            // Twice as many, and one for equal numbers: a decimal comma makes one field more than the heading has.
            var score = (2 * fields) + (names == fields ? 1 : 0);
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
