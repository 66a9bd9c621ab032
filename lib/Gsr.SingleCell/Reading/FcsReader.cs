using System.Globalization;

namespace Gsr.SingleCell.Reading;

/// <summary>
/// Reads the events of FCS files, the cytometers' format, versions 2.0, 3.0 and 3.1 (Spidlen et al. 2010): floats,
/// doubles, and integers of any number of bits, in any byte order. Values are given as they are in the file; no scale,
/// gain or compensation is applied. Every keyword is in <see cref="AnnotatedMatrix.Metadata"/>; the channels have the
/// columns channel ($PnN), stain ($PnS), bits, range ($PnR), gain ($PnG), log_decades and log_offset ($PnE).
/// </summary>
public static class FcsReader
{
    private const int BlockBytes = 1 << 18;

    /// <summary>Reads the first data set of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="naming">Which keyword names the channels.</param>
    /// <exception cref="DataFormatException">The file is damaged or not of this format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static AnnotatedMatrix Read(string path, ChannelNaming naming = ChannelNaming.Stain)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = SingleCellFile.Open(path);
        return Read(stream, path, naming);
    }

    /// <summary>Reads the first data set of a stream, which stays open.</summary>
    /// <param name="stream">A seekable stream that holds the whole file.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="naming">Which keyword names the channels.</param>
    /// <exception cref="DataFormatException">The file is damaged or not of this format.</exception>
    public static AnnotatedMatrix Read(Stream stream, string name, ChannelNaming naming = ChannelNaming.Stain)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        FcsHeader header = FcsHeader.Read(stream, name);
        var text = new FcsText(name);
        text.Add(Segment(stream, header.TextBegin, header.TextEnd), header.TextBegin);
        AddSupplement(stream, header, text);

        int channels = (int)text.Whole("$PAR", 1, 100_000);
        // Every channel has to have its $PnB: asked first, so that a claimed number takes no memory.
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
            throw text.Fault(null, "$TOT", $"{events} x {channels}", $"at most {Array.MaxLength} values", "Split the file.");

        stream.Position = begin;
        DenseMatrix values = ReadEvents(stream, layout, (int)events);
        AnnotationTable genes = ChannelTable(text, layout, naming);
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
            throw text.Fault(null, "DATA segment", $"{begin} to {end}", $"two places within the file's {stream.Length} bytes",
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
            Span<byte> part = bytes.AsSpan(0, (int)(((count * layout.EventBits) + 7) / 8));
            stream.ReadExactly(part);
            FcsValues.Decode(layout, part, values.AsSpan(first * channels, count * channels));
        }
        return new DenseMatrix(events, channels, values);
    }

    private static AnnotationTable ChannelTable(FcsText text, FcsLayout layout, ChannelNaming naming)
    {
        int[] numbers = [.. Enumerable.Range(1, layout.Bits.Length)];
        string[] channels = Array.ConvertAll(numbers, n => text.Find($"$P{n}N") ?? $"P{n}");
        string?[] stains = Array.ConvertAll(numbers, n => text.Find($"$P{n}S"));
        double[][] scales = Array.ConvertAll(numbers, n => LogScale(text.Find($"$P{n}E")));
        IEnumerable<string> names = naming == ChannelNaming.Channel ? channels : channels.Select((channel, i) => stains[i] ?? channel);
        return new AnnotationTable(names)
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
            : $"{count} channels are on a logarithmic scale ($PnE, columns log_decades and log_offset) and were left so.";
    }
}
