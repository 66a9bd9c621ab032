using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Gsr.SingleCell.Reading;

/// <summary>The first 58 bytes of an FCS file: its version and where its segments lie, first and last byte.</summary>
internal sealed record FcsHeader(string Version, long TextBegin, long TextEnd, long DataBegin, long DataEnd)
{
    private const int Bytes = 58;

    public static FcsHeader Read(Stream stream, string file)
    {
        Span<byte> header = stackalloc byte[Bytes];
        stream.Position = 0;
        var read = stream.ReadAtLeast(header, Bytes, throwOnEndOfStream: false);
        if (read < Bytes)
            throw new DataFormatException(file, 0, "header", $"{read} bytes", $"{Bytes}", FcsText.Remedy);
        var version = Encoding.ASCII.GetString(header[..6]);
        if (version is not ("FCS2.0" or "FCS3.0" or "FCS3.1" or "FCS3.2"))
        {
            throw new DataFormatException(
                file, 0, "version", FcsText.Quoted(version), "FCS2.0, FCS3.0 or FCS3.1", FcsText.Remedy);
        }
        var found = new FcsHeader(version, Offset(header, 10, file), Offset(header, 18, file), Offset(header, 26, file),
            Offset(header, 34, file));
        if (found.TextBegin < Bytes || found.TextEnd <= found.TextBegin || found.TextEnd >= stream.Length)
        {
            throw new DataFormatException(file, 10, "TEXT segment", $"{found.TextBegin} to {found.TextEnd}",
                $"two places within {Bytes} to {stream.Length - 1}", FcsText.Remedy);
        }
        return found;
    }

    private static long Offset(ReadOnlySpan<byte> header, int at, string file)
    {
        var text = Encoding.ASCII.GetString(header.Slice(at, 8)).Trim(' ', '\0');
        if (text.Length == 0) return 0;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
        {
            throw new DataFormatException(
                file, at, "offset", FcsText.Quoted(text), "digits, preceded by blanks", FcsText.Remedy);
        }
        return offset;
    }
}

/// <summary>The keywords of an FCS file: its TEXT segment and the supplemental one, keywords in upper case.</summary>
internal sealed class FcsText(string file)
{
    internal const string Remedy = "Fetch the file again, or export it anew as FCS 3.1.";

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    private bool _latin;

    /// <summary>What to say of the text's encoding, or null.</summary>
    public string? EncodingRemark => _latin ? "Keywords that are no UTF-8 were read as Latin-1 (ISO 8859-1)." : null;

    /// <summary>All keywords, as in the file.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>Adds the pairs of a segment, whose first byte is the delimiter of its fields.</summary>
    public void Add(ReadOnlySpan<byte> segment, long offset)
    {
        // Old writers pad the segment.
        segment = segment.TrimEnd("\0 \r\n"u8);
        if (segment.Length < 2)
            throw Fault(offset, "TEXT", $"{segment.Length} bytes", "a delimiter and pairs of fields");
        // A doubled delimiter is one within a field; writers that leave values empty break that rule, which shows.
        var fields = Fields(segment, doubled: true);
        if (fields.Count % 2 != 0 || !fields.Where((_, i) => i % 2 == 0).All(IsKeyword))
        {
            var plain = Fields(segment, doubled: false);
            if (plain.Count % 2 == 0 && plain.Where((_, i) => i % 2 == 0).All(IsKeyword)) fields = plain;
        }
        if (fields.Count % 2 != 0)
            throw Fault(offset, "TEXT", $"{fields.Count} fields between delimiters", "pairs of a keyword and a value");
        if (fields.Where((_, i) => i % 2 == 0).FirstOrDefault(field => field.Any(char.IsControl)) is { } control)
            throw Fault(offset, "TEXT", Quoted(control), "keywords without control characters");
        _latin |= !Utf8.IsValid(segment);
        for (var i = 0; i < fields.Count; i += 2) _values.TryAdd(fields[i].Trim(), fields[i + 1].Trim());
    }

    /// <summary>A value; null where the keyword is missing or empty.</summary>
    public string? Find(string keyword) => _values.TryGetValue(keyword, out var value) && value.Length > 0 ? value
        : null;

    /// <summary>A whole number that has to be there.</summary>
    public long Whole(string keyword, long least, long most)
    {
        var text = Find(keyword);
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < least
            || value > most)
            throw Fault(null, keyword, Quoted(text), $"{least} to {most}");
        return value;
    }

    /// <summary>A whole number, or another where the keyword is missing or is none.</summary>
    public long WholeOr(string keyword, long otherwise) =>
        long.TryParse(Find(keyword), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
            : otherwise;

    /// <summary>A finite number; NaN where the keyword is missing or is none.</summary>
    public double Number(string keyword) =>
        double.TryParse(Find(keyword), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
            ? value
            : double.NaN;

    public DataFormatException Fault(
        long? offset, string what, string found, string expected, string remedy = Remedy) =>
        new(file, offset, what, found, expected, remedy);

    public static string Quoted(string? text) =>
        text is null ? "nothing" : $"'{(text.Length > 60 ? text[..60] + "..." : text)}'";

    private static bool IsKeyword(string text) => text.Length > 0;

    private static List<string> Fields(ReadOnlySpan<byte> segment, bool doubled)
    {
        var delimiter = segment[0];
        List<string> fields = [];
        var rest = segment[1..];
        while (!rest.IsEmpty)
        {
            var end = 0;
            var hasDoubled = false;
            while (true)
            {
                var at = rest[end..].IndexOf(delimiter);
                end = at < 0 ? rest.Length : end + at;
                if (!doubled || end + 1 >= rest.Length || rest[end + 1] != delimiter) break;
                hasDoubled = true;
                end += 2;
            }
            var field = TextLines.Decoded(rest[..end]);
            var one = ((char)delimiter).ToString();
            fields.Add(hasDoubled ? field.Replace(one + one, one, StringComparison.Ordinal) : field);
            rest = end < rest.Length ? rest[(end + 1)..] : [];
        }
        return fields;
    }
}
