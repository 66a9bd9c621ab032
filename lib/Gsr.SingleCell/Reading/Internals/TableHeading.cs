using System.Globalization;

namespace Gsr.SingleCell.Reading;

/// <summary>
/// The heading of a table: its names, the first above the names of the rows, and what divides its fields.
/// </summary>
/// <param name="Separator">The byte between two fields.</param>
/// <param name="Names">One per field of a row; the first is "" where R left it out.</param>
/// <param name="Remark">What to say of it, or null.</param>
internal sealed record TableHeading(byte Separator, List<string> Names, string? Remark)
{
    private const string HeadingRemedy = "Put a line of names on top of the table, one name per column.";

    // Blanks last: names may hold some.
    private static readonly byte[] Separators = [(byte)'\t', (byte)',', (byte)';', (byte)' '];

    /// <summary>
    /// Reads up to the first row, which becomes the present line. Lines that start with # are comments, unless the last
    /// of them has as many fields as the row below it, whose last is a number.
    /// </summary>
    public static TableHeading Read(TextLines lines, char? wanted)
    {
        if (!NextLine(lines)) throw DelimitedReader.Fault(lines, "heading", "an empty file", "a line of names");
        byte[]? comment = null;
        while (lines.Line.StartsWith("#"u8))
        {
            comment = lines.Line.ToArray();
            if (!NextLine(lines)) throw NoRow(lines);
        }
        (var heading, var number) = (lines.Line.ToArray(), lines.Number);
        if (comment is not null && Best(comment, heading, Separators) is not 0 and var mark
            && Fields(lines, heading, mark) is [.., var last] && TableNumber.IsNumber(last, mark))
            (heading, number) = (comment, number - 1);
        else if (!NextLine(lines)) throw NoRow(lines);
        var separator = wanted is { } given ? (byte)given : Detected(lines, heading);
        var names = Fields(lines, heading, separator);
        var width = Fields(lines, lines.Line, separator).Count;
        // R writes no heading over the column of names.
        if (names.Count == width - 1) names.Insert(0, "");
        if (names.Count != width || width < 2)
        {
            throw DelimitedReader.Fault(lines, "fields", $"{width}",
                width < 2 ? "a name and at least one number" : $"{names.Count} as in the heading, or one more");
        }
        return new TableHeading(separator, names, NumbersRemark(lines, heading, number, separator, names));
    }

    /// <summary>Goes to the next line that is not empty.</summary>
    public static bool NextLine(TextLines lines)
    {
        while (lines.Read())
        {
            if (lines.Line.Contains((byte)0))
            {
                throw DelimitedReader.Fault(
                    lines, "text", "a zero byte", "UTF-8 text (a binary or UTF-16 file is not)");
            }
            if (!lines.Line.IsEmpty) return true;
        }
        return false;
    }

    // Numbers for names: a file without a heading where they repeat or are fractions.
    private static string? NumbersRemark(
        TextLines lines, ReadOnlySpan<byte> heading, long number, byte separator, List<string> names)
    {
        string[] numbers = [.. names.Skip(1).Where(name => name.Length > 0 && TableNumber.IsNumber(name, separator))];
        if (2 * numbers.Length <= names.Count - 1) return null;
        var whole = numbers.All(name => long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        if (whole && numbers.Distinct().Count() == numbers.Length)
            return $"{numbers.Length} columns are named by numbers in line {number}, the heading: is one missing?";
        throw new DataFormatException(lines.Name, null, $"line {number}, heading",
            $"numbers, {TextLines.Excerpt(heading)}", "names of columns", HeadingRemedy);
    }

    private static byte Detected(TextLines lines, ReadOnlySpan<byte> heading)
    {
        var best = Best(heading, lines.Line, Separators);
        return best != 0 ? best : throw DelimitedReader.Fault(lines, "separator",
            $"a heading {TextLines.Excerpt(heading)} and a line {lines.Excerpt()}",
            "as many fields in both, divided by tab, comma, semicolon or blank");
    }

    // The separator that gives both lines as many fields (or the heading one fewer), the most where several do; 0 where
    // none does.
    private static byte Best(ReadOnlySpan<byte> heading, ReadOnlySpan<byte> row, ReadOnlySpan<byte> separators)
    {
        byte best = 0;
        var most = 1;
        foreach (var separator in separators)
        {
            if (separator == ' ' && best != 0) break;
            int names = FieldReader.Count(heading, separator), fields = FieldReader.Count(row, separator);
            if (fields > most && (names == fields || names == fields - 1)) (best, most) = (separator, fields);
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
            throw DelimitedReader.Fault(lines, $"fields of line {lines.Number}", error.Message, "quotes in pairs");
        }
    }

    private static DataFormatException NoRow(TextLines lines) =>
        DelimitedReader.Fault(lines, "row", "the end of the file", "a line of a name and numbers");
}
