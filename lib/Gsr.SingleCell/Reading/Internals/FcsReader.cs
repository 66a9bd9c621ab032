using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Gsr.SingleCell.Reading;

/// <summary>
/// Reads the events of FCS files, the cytometers' format, versions 2.0, 3.0 and 3.1 (Spidlen et al. 2010): floats,
/// doubles, and integers of any number of bits, in any byte order. Values are given as they are in the file; no scale,
/// gain or compensation is applied. Every keyword is in <see cref="AnnotatedMatrix.Metadata"/>; the channels have the
/// columns channel ($PnN), stain ($PnS), bits, range ($PnR), gain ($PnG), log_decades and log_offset ($PnE).
/// </summary>
internal static class FcsReader
{
    private const int BlockBytes = 1 << 18;

    /// <summary>Reads the first data set of a file.</summary>
    public static AnnotatedMatrix Read(string path)
    {
        using var stream = SingleCellFile.Open(path);
        return Read(stream, path);
    }

    /// <summary>Reads the first data set of a stream, which stays open.</summary>
    public static AnnotatedMatrix Read(Stream stream, string name)
    {
        FcsHeader header = FcsHeader.Read(stream, name);
        var text = new FcsText(name);
        text.Add(Segment(stream, header.TextBegin, header.TextEnd), header.TextBegin);
        AddSupplement(stream, header, text);

        int channels = (int)text.Whole("$PAR", 1, 100_000);
        // Every channel has to have its $PnB: checked first, so that a false number allocates no memory.
        if (text.Values.Count < channels)
            throw text.Fault(null, "$PAR", $"{channels}", $"at most the {text.Values.Count} keywords there are");
        FcsLayout layout = FcsLayout.Read(text, channels);
        (long begin, long end) = DataSegment(stream, header, text);
        long room = end - begin + 1;
        long events = text.Find("$TOT") is null ? room * 8 / layout.EventBits : text.Whole("$TOT", 0, int.MaxValue);
        long bytes = ((events * layout.EventBits) + 7) / 8;
        if (events == 0) throw text.Fault(null, "$TOT", "0 events", "at least one");
        if (bytes > room)
        {
            throw text.Fault(begin, "DATA", $"{room} bytes", $"{bytes}, for {events} events of {layout.EventBits} bits",
                "The file is truncated or its keywords are wrong: fetch it again.");
        }
        if (events * channels > Array.MaxLength)
        {
            throw text.Fault(
                null, "$TOT", $"{events} x {channels}", $"at most {Array.MaxLength} values", "Split the file.");
        }

        stream.Position = begin;
        var values = ReadEvents(stream, layout, (int)events);
        var genes = ChannelTable(text, layout);
        return new AnnotatedMatrix(values, AnnotationTable.Numbered((int)events), genes)
        {
            Metadata = new Dictionary<string, string>(text.Values) { ["format"] = header.Version },
            Remarks = Remarks.Of(AnnotationTable.Numbered(0), genes,
                text.WholeOr("$NEXTDATA", 0) > 0 ? "The file holds further data sets; the first was read." : null,
                room > bytes + 1 ? $"{room - bytes} bytes after the last event were not read." : null,
                LogRemark(genes)),
        };
    }

    private static byte[] Segment(Stream stream, long begin, long end)
    {
        var bytes = new byte[end - begin + 1];
        stream.Position = begin;
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static void AddSupplement(Stream stream, FcsHeader header, FcsText text)
    {
        long begin = text.WholeOr("$BEGINSTEXT", 0), end = text.WholeOr("$ENDSTEXT", 0);
        // Many writers repeat the main segment's place here.
        if (begin == 0 || end <= begin || (begin == header.TextBegin && end == header.TextEnd)) return;
        if (end >= stream.Length)
            throw text.Fault(begin, "supplemental TEXT", $"an end at {end}", $"at most {stream.Length - 1}");
        text.Add(Segment(stream, begin, end), begin);
    }

    private static (long Begin, long End) DataSegment(Stream stream, FcsHeader header, FcsText text)
    {
        // Eight digits do not hold an offset above 99,999,999: the header then says 0, and the keywords have it.
        (long begin, long end) = header.DataBegin > 0 && header.DataEnd > 0
            ? (header.DataBegin, header.DataEnd)
            : (text.WholeOr("$BEGINDATA", 0), text.WholeOr("$ENDDATA", 0));
        // Some writers give the place after the last byte.
        if (end == stream.Length) end--;
        if (begin <= 0 || end < begin || end >= stream.Length)
        {
            throw text.Fault(
                null, "DATA segment", $"{begin} to {end}", $"two places within the file's {stream.Length} bytes",
                "The file is truncated or its header is wrong: fetch it again.");
        }
        return (begin, end);
    }

    private static DenseMatrix ReadEvents(Stream stream, FcsLayout layout, int events)
    {
        int channels = layout.Bits.Length;
        var values = new float[events * channels];
        // Blocks of a multiple of eight events end at a whole byte.
        int block = (int)Math.Clamp(8 * (BlockBytes / layout.EventBits), 8, Math.Max(8, (long)events + 7));
        block -= block % 8;
        var bytes = new byte[((block * layout.EventBits) + 7) / 8];
        for (int first = 0; first < events; first += block)
        {
            int count = Math.Min(block, events - first);
            var part = bytes.AsSpan(0, (int)(((count * layout.EventBits) + 7) / 8));
            stream.ReadExactly(part);
            FcsValues.Decode(layout, part, values.AsSpan(first * channels, count * channels));
        }
        return new DenseMatrix(events, channels, values);
    }

    private static AnnotationTable ChannelTable(FcsText text, FcsLayout layout)
    {
        int[] numbers = [.. Enumerable.Range(1, layout.Bits.Length)];
        string[] channels = Array.ConvertAll(numbers, n => text.Find($"$P{n}N") ?? $"P{n}");
        string?[] stains = Array.ConvertAll(numbers, n => text.Find($"$P{n}S"));
        double[][] scales = Array.ConvertAll(numbers, n => LogScale(text.Find($"$P{n}E")));
        return new AnnotationTable(channels.Select((channel, i) => stains[i] ?? channel))
            .With("channel", channels)
            .With("stain", stains)
            .With("bits", layout.Bits)
            .With("range", Array.ConvertAll(numbers, n => text.Number($"$P{n}R")))
            .With("gain", Array.ConvertAll(numbers, n => text.Number($"$P{n}G")))
            .With("log_decades", Array.ConvertAll(scales, scale => scale[0]))
            .With("log_offset", Array.ConvertAll(scales, scale => scale[1]));
    }

    private static double[] LogScale(string? text)
    {
        string[] parts = (text ?? "").Split(',');
        return parts.Length == 2
            && double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double decades)
            && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double offset)
                ? [decades, offset]
                : [0, 0];
    }

    private static string? LogRemark(AnnotationTable genes)
    {
        int count = genes.Numbers("log_decades").Count(decades => decades > 0);
        return count == 0 ? null
            : $"{count} channels are on a logarithmic scale ($PnE, columns log_decades and log_offset) and were left "
                + "so.";
    }
}

/// <summary>The first 58 bytes of an FCS file: its version and where its segments lie, first and last byte.</summary>
internal sealed record FcsHeader(string Version, long TextBegin, long TextEnd, long DataBegin, long DataEnd)
{
    private const int Bytes = 58;

    public static FcsHeader Read(Stream stream, string file)
    {
        Span<byte> header = stackalloc byte[Bytes];
        stream.Position = 0;
        int read = stream.ReadAtLeast(header, Bytes, throwOnEndOfStream: false);
        if (read < Bytes)
            throw new DataFormatException(file, 0, "header", $"{read} bytes", $"{Bytes}", FcsText.Remedy);
        string version = Encoding.ASCII.GetString(header[..6]);
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
        string text = Encoding.ASCII.GetString(header.Slice(at, 8)).Trim(' ', '\0');
        if (text.Length == 0) return 0;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long offset))
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
        for (int i = 0; i < fields.Count; i += 2) _values.TryAdd(fields[i].Trim(), fields[i + 1].Trim());
    }

    /// <summary>A value; null where the keyword is missing or empty.</summary>
    public string? Find(string keyword) => _values.TryGetValue(keyword, out string? value) && value.Length > 0 ? value
        : null;

    /// <summary>A whole number that has to be there.</summary>
    public long Whole(string keyword, long least, long most)
    {
        string? text = Find(keyword);
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) || value < least
            || value > most)
            throw Fault(null, keyword, Quoted(text), $"{least} to {most}");
        return value;
    }

    /// <summary>A whole number, or another where the keyword is missing or is none.</summary>
    public long WholeOr(string keyword, long otherwise) =>
        long.TryParse(Find(keyword), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value
            : otherwise;

    /// <summary>A finite number; NaN where the keyword is missing or is none.</summary>
    public double Number(string keyword) =>
        double.TryParse(Find(keyword), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
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
        byte delimiter = segment[0];
        List<string> fields = [];
        var rest = segment[1..];
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

/// <summary>How an FCS file's events lie: the type of their values, the bits of each, the order of the bytes.</summary>
/// <param name="Type">I, F or D.</param>
/// <param name="Bits">Bits of each channel.</param>
/// <param name="Masks">For integers: the bits of each that count, by $PnR.</param>
/// <param name="Order">The power of 256 of each byte of a word, in the order of the file.</param>
internal sealed record FcsLayout(char Type, int[] Bits, ulong[] Masks, int[] Order)
{
    /// <summary>Bits of one event.</summary>
    public long EventBits { get; } = Bits.Sum(bits => (long)bits);

    /// <summary>Whether the lowest byte comes first.</summary>
    public bool IsLittleEndian => Order[0] == 0;

    /// <summary>Whether the bytes of a word are neither ascending nor descending.</summary>
    public bool IsMixed => !Order.SequenceEqual(Enumerable.Range(0, Order.Length))
        && !Order.SequenceEqual(Enumerable.Range(0, Order.Length).Reverse());

    public static FcsLayout Read(FcsText text, int channels)
    {
        string mode = text.Find("$MODE") ?? "L";
        if (mode is not ("L" or "l"))
        {
            throw text.Fault(
                null, "$MODE", FcsText.Quoted(mode), "L, a list of events", "Export the events, not histograms.");
        }
        string type = text.Find("$DATATYPE")?.ToUpperInvariant() ?? "";
        if (type is not ("I" or "F" or "D"))
        {
            throw text.Fault(null, "$DATATYPE", FcsText.Quoted(type), "I, F or D (integers, floats, doubles)",
                "Export the file anew with binary numbers.");
        }
        var bits = new int[channels];
        var masks = new ulong[channels];
        for (int i = 0; i < channels; i++)
        {
            string own = text.Find($"$P{i + 1}DATATYPE") ?? type;
            if (!own.Equals(type, StringComparison.OrdinalIgnoreCase))
                throw text.Fault(null, $"$P{i + 1}DATATYPE", FcsText.Quoted(own), $"{type}, as for all channels");
            bits[i] = type switch
            {
                "F" => (int)text.Whole($"$P{i + 1}B", 32, 32),
                "D" => (int)text.Whole($"$P{i + 1}B", 64, 64),
                _ => (int)text.Whole($"$P{i + 1}B", 1, 64),
            };
            masks[i] = Mask(text.Find($"$P{i + 1}R"));
        }
        return new FcsLayout(type[0], bits, masks, ByteOrder(text, type[0] == 'D' ? 8 : type[0] == 'F' ? 4 : 0, bits));
    }

    // Values above the range carry bits of other meaning: the standard has them masked by the next power of two.
    private static ulong Mask(string? range)
    {
        if (!decimal.TryParse(range, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal most) || most < 2)
            return ulong.MaxValue;
        ulong mask = 1;
        while (mask < ulong.MaxValue && mask + 1 < most) mask = (mask << 1) | 1;
        return mask;
    }

    private static int[] ByteOrder(FcsText text, int size, int[] bits)
    {
        string order = text.Find("$BYTEORD") ?? "";
        string[] words = order.Split(',', StringSplitOptions.TrimEntries);
        var places = new int[words.Length];
        for (int i = 0; i < words.Length; i++)
            places[i] = int.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out int place)
                ? place - 1 : -1;
        bool permutation = places.Length is >= 1 and <= 8
            && places.Order().SequenceEqual(Enumerable.Range(0, places.Length));
        var layout = new FcsLayout(' ', [], [], places);
        if (!permutation
            || (layout.IsMixed && (size > 0 ? places.Length != size : bits.Any(b => b != 8 * places.Length))))
        {
            throw text.Fault(null, "$BYTEORD", FcsText.Quoted(order),
                "1,2,3,4 or 4,3,2,1, or a permutation as long as every value has bytes");
        }
        if (layout.IsMixed) return places;
        // "1,2,3,4" is written for doubles and two-byte integers as well: only the direction counts.
        int[] full = [.. Enumerable.Range(0, 8)];
        return places.Length > 1 && !layout.IsLittleEndian ? [.. full.Reverse()] : full;
    }
}

/// <summary>Turns the bytes of whole events into numbers.</summary>
internal static class FcsValues
{
    /// <summary>Decodes events that start at the first bit of <paramref name="bytes"/>.</summary>
    public static void Decode(FcsLayout layout, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        int channels = layout.Bits.Length;
        if (layout.IsMixed || layout.Bits.Any(bits => bits % 8 != 0))
        {
            Bits(layout, bytes, values);
            return;
        }
        int at = 0;
        for (int i = 0; i < values.Length; i++)
        {
            int channel = i % channels, size = layout.Bits[channel] / 8;
            var word = bytes.Slice(at, size);
            at += size;
            values[i] = layout.Type switch
            {
                'F' => layout.IsLittleEndian
                    ? BinaryPrimitives.ReadSingleLittleEndian(word) : BinaryPrimitives.ReadSingleBigEndian(word),
                'D' => (float)(layout.IsLittleEndian
                    ? BinaryPrimitives.ReadDoubleLittleEndian(word) : BinaryPrimitives.ReadDoubleBigEndian(word)),
                _ => Word(word, layout.IsLittleEndian) & layout.Masks[channel],
            };
        }
    }

    private static ulong Word(ReadOnlySpan<byte> bytes, bool littleEndian)
    {
        ulong value = 0;
        for (int i = 0; i < bytes.Length; i++)
            value = (value << 8) | bytes[littleEndian ? bytes.Length - 1 - i : i];
        return value;
    }

    // Values of any number of bits follow each other without a gap: from the highest bit of each byte on where the
    // highest byte comes first, else from the lowest. Whole bytes come out as they do above.
    private static void Bits(FcsLayout layout, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        long bit = 0;
        for (int i = 0; i < values.Length; i++)
        {
            int channel = i % layout.Bits.Length, width = layout.Bits[channel];
            ulong value = 0;
            if (layout.IsMixed)
            {
                for (int k = 0; k < layout.Order.Length; k++)
                    value |= (ulong)bytes[(int)(bit / 8) + k] << (8 * layout.Order[k]);
            }
            else
            {
                for (int k = 0; k < width; k++)
                {
                    long place = bit + k;
                    int offset = (int)(place % 8);
                    ulong one = (ulong)(bytes[(int)(place / 8)] >> (layout.IsLittleEndian ? offset : 7 - offset)) & 1;
                    value |= one << (layout.IsLittleEndian ? k : width - 1 - k);
                }
            }
            bit += width;
            values[i] = layout.Type switch
            {
                'F' => BitConverter.UInt32BitsToSingle((uint)value),
                'D' => (float)BitConverter.UInt64BitsToDouble(value),
                _ => value & layout.Masks[channel],
            };
        }
    }
}
