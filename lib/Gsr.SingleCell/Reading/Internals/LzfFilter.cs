using PureHDF.Filters;

namespace Gsr.SingleCell.Reading;

/// <summary>
/// The LZF filter of h5py, number 32000 in the registry of HDF5 filters: literal runs of up to 32 bytes, and copies of
/// 3 to 264 bytes from at most 8192 back (the format of M. Lehmann's liblzf). Reading only.
/// </summary>
internal sealed class LzfFilter : IH5Filter
{
    private const int LongestLiteral = 32;
    private const int LongCopy = 7;

    public const ushort Id = 32000;

    /// <summary>
    /// What stands before LZF among the filters of the data set that this thread reads: the size of a shuffle's
    /// elements, 0 for nothing, -1 for another filter.
    /// </summary>
    [ThreadStatic]
    public static int ShuffleBefore;

    public ushort FilterId => Id;

    public string Name => "lzf";

    public Memory<byte> Filter(FilterInfo info) => info.Flags.HasFlag(H5FilterFlags.Decompress)
        ? Content(info.Buffer, info.ChunkSize)
        : throw new NotSupportedException("LZF is read and not written.");

    public uint[] GetParameters(uint[] chunkDimensions, uint typeSize, Dictionary<string, object>? options) => [];

    /// <summary>What a chunk held before it was packed.</summary>
    /// <param name="packed">The packed bytes.</param>
    /// <param name="length">How many bytes it held.</param>
    /// <param name="asLiblzf">Whether a literal run that is followed by another has to be of the longest.</param>
    /// <exception cref="InvalidDataException">The bytes are no LZF, or of another length.</exception>
    internal static byte[] Decoded(ReadOnlySpan<byte> packed, int length, bool asLiblzf = false)
    {
        var content = new byte[length];
        int from = 0, to = 0, before = LongestLiteral;
        while (from < packed.Length)
        {
            int control = packed[from++];
            if (control < LongestLiteral)
            {
                var run = control + 1;
                if (run > packed.Length - from || run > length - to) throw Damaged(from);
                if (asLiblzf && before < LongestLiteral) throw Damaged(from);
                before = run;
                packed.Slice(from, run).CopyTo(content.AsSpan(to));
                (from, to) = (from + run, to + run);
                continue;
            }
            before = LongestLiteral;
            var size = control >> 5;
            if (packed.Length - from < (size == LongCopy ? 2 : 1)) throw Damaged(from);
            if (size == LongCopy) size += packed[from++];
            var source = to - ((control & 0x1F) << 8) - packed[from++] - 1;
            size += 2;
            if (source < 0 || size > length - to) throw Damaged(from);
            // One byte after the other: a copy may reach into what it writes.
            for (var end = to + size; to < end; to++) content[to] = content[source++];
        }
        return to == length ? content : throw Damaged(from);
    }

    // A chunk that LZF did not shrink is stored without it, as its mask of left-out filters says. PureHDF 2.2.0 looks
    // one bit beside: it runs LZF all the same, and leaves out the filter before it, which is made good here. As many
    // bytes as the chunk has are taken for LZF only where liblzf could have written them.
    private static byte[] Content(Memory<byte> packed, int length)
    {
        try
        {
            return Decoded(packed.Span, length, asLiblzf: packed.Length == length);
        }
        catch (InvalidDataException) when (packed.Length == length && ShuffleBefore >= 0)
        {
            return Unshuffled(packed.Span, Math.Max(1, ShuffleBefore));
        }
    }

    // The first bytes of all elements, then the second, and so on; what is left over stays at the end.
    private static byte[] Unshuffled(ReadOnlySpan<byte> shuffled, int size)
    {
        var content = shuffled.ToArray();
        var count = shuffled.Length / size;
        for (var i = 0; i < count * size; i++) content[(i % count * size) + (i / count)] = shuffled[i];
        return content;
    }

    private static InvalidDataException Damaged(int at) => new($"LZF data that end or point wrongly at byte {at}");
}
