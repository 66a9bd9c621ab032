using System.Globalization;
using System.Text;

namespace Gsr.SingleCell.Reading;

/// <summary>The keywords of an FCS file: its TEXT segment and the supplemental one, keywords in upper case.</summary>
internal sealed class FcsText(string file)
{
    internal const string Remedy = "Fetch the file again, or export it anew as FCS 3.1.";

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All keywords, as they stand in the file.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>Adds the pairs of a segment, whose first byte is the delimiter of its fields.</summary>
    public void Add(ReadOnlySpan<byte> segment, long offset)
    {
        // Old writers pad the segment.
        segment = segment.TrimEnd("\0 \r\n"u8);
        if (segment.Length < 2) throw Fault(offset, "TEXT", $"{segment.Length} bytes", "a delimiter and pairs of fields");
        // A doubled delimiter is one within a field; writers that leave values empty break that rule, which shows.
        List<string> fields = Fields(segment, doubled: true);
        if (fields.Count % 2 != 0 || !fields.Where((_, i) => i % 2 == 0).All(IsKeyword))
        {
            List<string> plain = Fields(segment, doubled: false);
            if (plain.Count % 2 == 0 && plain.Where((_, i) => i % 2 == 0).All(IsKeyword)) fields = plain;
        }
        if (fields.Count % 2 != 0)
            throw Fault(offset, "TEXT", $"{fields.Count} fields between delimiters", "pairs of a keyword and a value");
        for (int i = 0; i < fields.Count; i += 2)
            _values.TryAdd(fields[i].Trim(), fields[i + 1].Trim());
    }

    /// <summary>A value; null where the keyword is missing or empty.</summary>
    public string? Find(string keyword) => _values.TryGetValue(keyword, out string? value) && value.Length > 0 ? value : null;

    /// <summary>A whole number that has to be there.</summary>
    public long Whole(string keyword, long least, long most)
    {
        string? text = Find(keyword);
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) || value < least || value > most)
            throw Fault(null, keyword, Quoted(text), $"{least} to {most}");
        return value;
    }

    /// <summary>A whole number, or another where the keyword is missing or is none.</summary>
    public long WholeOr(string keyword, long otherwise) =>
        long.TryParse(Find(keyword), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : otherwise;

    /// <summary>A finite number; NaN where the keyword is missing or is none.</summary>
    public double Number(string keyword) =>
        double.TryParse(Find(keyword), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : double.NaN;

    public DataFormatException Fault(long? offset, string what, string found, string expected, string remedy = Remedy) =>
        new(file, offset, what, found, expected, remedy);

    public static string Quoted(string? text) =>
        text is null ? "nothing" : $"'{(text.Length > 60 ? text[..60] + "..." : text)}'";

    private static bool IsKeyword(string text) => text.Length > 0;

    private static List<string> Fields(ReadOnlySpan<byte> segment, bool doubled)
    {
        byte delimiter = segment[0];
        List<string> fields = [];
        ReadOnlySpan<byte> rest = segment[1..];
        while (!rest.IsEmpty)
        {
            int end = 0;
            bool hasDoubled = false;
            while (true)
            {
                int at = rest[end..].IndexOf(delimiter);
                end = at < 0 ? rest.Length : end + at;
                if (!doubled || end + 1 >= rest.Length || rest[end + 1] != delimiter) break;
                hasDoubled = true;
                end += 2;
            }
            string field = Encoding.UTF8.GetString(rest[..end]);
            string one = ((char)delimiter).ToString();
            fields.Add(hasDoubled ? field.Replace(one + one, one, StringComparison.Ordinal) : field);
            rest = end < rest.Length ? rest[(end + 1)..] : [];
        }
        return fields;
    }
}
