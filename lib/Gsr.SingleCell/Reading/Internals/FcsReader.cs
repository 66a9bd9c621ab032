namespace Gsr.SingleCell.Reading;

/// <summary>
/// Reads the events of FCS files, the cytometers' format, versions 2.0, 3.0 and 3.1 (Spidlen et al. 2010): floats,
/// doubles, and integers of any number of bits, in any byte order. Values are given as they are in the file; no scale
/// or gain is applied, and the spillover only where asked for. Every keyword is in
/// <see cref="AnnotatedMatrix.Metadata"/>; the channels have the columns channel ($PnN), stain ($PnS), marker (see
/// <see cref="FcsChannels"/>), bits, range ($PnR), gain ($PnG), log_decades and log_offset ($PnE).
/// </summary>
internal static class FcsReader
{
    private const int BlockBytes = 1 << 18;

    /// <summary>Reads the first data set of a file.</summary>
    public static AnnotatedMatrix Read(string path)
    {
        using var stream = SingleCellFile.OpenText(path);
        return Read(stream, path);
    }

    /// <summary>Reads the first data set of a stream, which stays open.</summary>
    public static AnnotatedMatrix Read(Stream stream, string name, bool compensate = false)
    {
        var header = FcsHeader.Read(stream, name);
        var text = new FcsText(name);
        text.Add(Segment(stream, header.TextBegin, header.TextEnd), header.TextBegin);
        List<string?> remarks = [AddSupplement(stream, header, text)];

        var channels = (int)text.Whole("$PAR", 1, 100_000);
        // Every channel has to have its $PnB: checked first, so that a false number allocates no memory.
        if (text.Values.Count < channels)
            throw text.Fault(null, "$PAR", $"{channels}", $"at most the {text.Values.Count} keywords there are");
        var layout = FcsLayout.Read(text, channels);
        var place = FcsData.Find(stream.Length, header, text, layout.EventBits);
        if (place.Events * channels > Array.MaxLength)
        {
            throw text.Fault(
                null, "$TOT", $"{place.Events} x {channels}", $"at most {Array.MaxLength} values", "Split the file.");
        }

        stream.Position = place.Begin;
        var values = ReadEvents(stream, layout, (int)place.Events);
        var genes = FcsChannels.Table(text, layout.Bits);
        if (FcsSpillover.Read(text, genes.Text("channel")) is { } spillover)
        {
            remarks.Add(compensate ? $"{spillover} was applied."
                : $"{spillover} was not applied; Compensate does.");
            if (compensate) values = spillover.Applied(values);
        }
        else if (compensate)
        {
            throw text.Fault(null, "$SPILLOVER", FcsText.Quoted(FcsSpillover.Keyword(text)),
                "a matrix of the file's channels", "Read it without compensation, or compensate it elsewhere.");
        }
        return new AnnotatedMatrix(values, AnnotationTable.Numbered((int)place.Events), genes)
        {
            Metadata = new Dictionary<string, string>(text.Values) { ["format"] = header.Version },
            Remarks = Remarks.Of(AnnotationTable.Numbered(0), genes, [.. remarks, place.Remark, text.EncodingRemark,
                text.WholeOr("$NEXTDATA", 0) > 0 ? "The file holds further data sets; the first was read." : null,
                FcsChannels.Remark(genes), FcsChannels.LogRemark(genes)]),
        };
    }

    private static byte[] Segment(Stream stream, long begin, long end)
    {
        var bytes = new byte[end - begin + 1];
        stream.Position = begin;
        stream.ReadExactly(bytes);
        return bytes;
    }

    // Many writers repeat the main segment's place here, or give one that holds no text.
    private static string? AddSupplement(Stream stream, FcsHeader header, FcsText text)
    {
        long begin = text.WholeOr("$BEGINSTEXT", 0), end = text.WholeOr("$ENDSTEXT", 0);
        if (begin == 0 || end <= begin || (begin == header.TextBegin && end == header.TextEnd)) return null;
        try
        {
            if (end >= stream.Length)
                throw text.Fault(begin, "supplemental TEXT", $"an end at {end}", $"at most {stream.Length - 1}");
            text.Add(Segment(stream, begin, end), begin);
            return null;
        }
        catch (DataFormatException error) when (text.Find("$PAR") is not null && text.Find("$DATATYPE") is not null)
        {
            return $"The supplemental TEXT at byte {begin} was left, since the main one suffices: {error.Finding}.";
        }
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
}
