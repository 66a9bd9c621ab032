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

    public ushort FilterId => 32000;

    public string Name => "lzf";

    public Memory<byte> Filter(FilterInfo info) => info.Flags.HasFlag(H5FilterFlags.Decompress)
        ? Decoded(info.Buffer.Span, info.ChunkSize)
        : throw new NotSupportedException("LZF is read and not written.");

    public uint[] GetParameters(uint[] chunkDimensions, uint typeSize, Dictionary<string, object>? options) => [];

    /// <summary>What a chunk held before it was packed.</summary>
    /// <param name="packed">The packed bytes.</param>
    /// <param name="length">How many bytes it held.</param>
    /// <exception cref="InvalidDataException">The bytes are no LZF, or of another length.</exception>
    internal static byte[] Decoded(ReadOnlySpan<byte> packed, int length)
    {
        var content = new byte[length];
        int from = 0, to = 0;
        while (from < packed.Length)
        {
            int control = packed[from++];
            if (control < LongestLiteral)
            {
                var run = control + 1;
                if (run > packed.Length - from || run > length - to) throw Damaged(from);
                packed.Slice(from, run).CopyTo(content.AsSpan(to));
                (from, to) = (from + run, to + run);
                continue;
            }
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

    private static InvalidDataException Damaged(int at) => new($"LZF data that end or point wrongly at byte {at}");
}
