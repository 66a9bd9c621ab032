using System.Globalization;

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
        var header = FcsHeader.Read(stream, name);
        var text = new FcsText(name);
        text.Add(Segment(stream, header.TextBegin, header.TextEnd), header.TextBegin);
        AddSupplement(stream, header, text);

        var channels = (int)text.Whole("$PAR", 1, 100_000);
        // Every channel has to have its $PnB: checked first, so that a false number allocates no memory.
        if (text.Values.Count < channels)
            throw text.Fault(null, "$PAR", $"{channels}", $"at most the {text.Values.Count} keywords there are");
        var layout = FcsLayout.Read(text, channels);
        (var begin, var end) = DataSegment(stream, header, text);
        var room = end - begin + 1;
        var events = text.Find("$TOT") is null ? room * 8 / layout.EventBits : text.Whole("$TOT", 0, int.MaxValue);
        var bytes = ((events * layout.EventBits) + 7) / 8;
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
        (var begin, var end) = header.DataBegin > 0 && header.DataEnd > 0
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
        var channels = layout.Bits.Length;
        var values = new float[events * channels];
        // Blocks of a multiple of eight events end at a whole byte.
        var block = (int)Math.Clamp(8 * (BlockBytes / layout.EventBits), 8, Math.Max(8, (long)events + 7));
        block -= block % 8;
        var bytes = new byte[((block * layout.EventBits) + 7) / 8];
        for (var first = 0; first < events; first += block)
        {
            var count = Math.Min(block, events - first);
            var part = bytes.AsSpan(0, (int)(((count * layout.EventBits) + 7) / 8));
            stream.ReadExactly(part);
            FcsValues.Decode(layout, part, values.AsSpan(first * channels, count * channels));
        }
        return new DenseMatrix(events, channels, values);
    }

    private static AnnotationTable ChannelTable(FcsText text, FcsLayout layout)
    {
        int[] numbers = [.. Enumerable.Range(1, layout.Bits.Length)];
        var channels = Array.ConvertAll(numbers, n => text.Find($"$P{n}N") ?? $"P{n}");
        var stains = Array.ConvertAll(numbers, n => text.Find($"$P{n}S"));
        var scales = Array.ConvertAll(numbers, n => LogScale(text.Find($"$P{n}E")));
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
        var parts = (text ?? "").Split(',');
        return parts.Length == 2
            && double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var decades)
            && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var offset)
                ? [decades, offset]
                : [0, 0];
    }

    private static string? LogRemark(AnnotationTable genes)
    {
        var count = genes.Numbers("log_decades").Count(decades => decades > 0);
        return count == 0 ? null
            : $"{count} channels are on a logarithmic scale ($PnE, columns log_decades and log_offset) and were left "
                + "so.";
    }
}
