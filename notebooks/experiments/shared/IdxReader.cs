using System.Buffers.Binary;
using Gsr.SingleCell.Reading;

namespace Gsr.Experiments;

/// <summary>An array of unsigned bytes as an IDX file holds it, in row-major order.</summary>
internal sealed record IdxArray(int[] Shape, byte[] Values)
{
    /// <summary>For example "idx UInt8 60000x28x28".</summary>
    public override string ToString() => $"idx UInt8 {string.Join('x', Shape)}";
}

/// <summary>
/// Reads IDX files of unsigned bytes, the format of MNIST: 0, 0, type code 8, number of dimensions, one big-endian
/// 32-bit length per dimension, then the elements; plain or in gzip, which is detected from the content. A file is read
/// whole or refused: nothing may be missing and nothing may follow. Lengths are checked before anything of their size
/// is allocated.
/// </summary>
internal static class IdxReader
{
    private const string Remedy = "The file is damaged or not an IDX file: delete it and fetch it again.";
    private const int MaximalDimensions = 8;

    /// <summary>1 GiB, twenty times MNIST's training images.</summary>
    private const int MaximalBytes = 1 << 30;

    /// <summary>What gzip's content gets at first: its length is only known at its end.</summary>
    private const int FirstBytes = 1 << 20;

    /// <exception cref="DataFormatException">
    /// The content is damaged, of another format, or beyond the limits.
    /// </exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static IdxArray Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        return Read(stream, path);
    }

    /// <summary>Reads a seekable stream, which error messages call <paramref name="name"/>.</summary>
    public static IdxArray Read(Stream stream, string name)
    {
        stream.Position = 0;
        var isGzip = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
        stream.Position = 0;
        return isGzip ? ReadGzip(stream, name) : ReadPlain(stream, name);
    }

    private static IdxArray ReadPlain(Stream stream, string name)
    {
        var (shape, header, count) = ReadHeader(stream, name);
        if (stream.Length != header + count) throw WrongLength(name, shape, $"{stream.Length} bytes");
        return new IdxArray(shape, ReadElements(stream, name, shape, count, count));
    }

    private static IdxArray ReadGzip(Stream stream, string name)
    {
        using var content = new GzipContent(stream, name, Remedy);
        var (shape, header, count) = ReadHeader(content, name);
        if (header + (long)count > content.MaxLength)
            throw WrongLength(name, shape, $"a gzip file that can hold {content.MaxLength} at most");
        var values = ReadElements(content, name, shape, count, Math.Min(count, FirstBytes));
        if (content.ReadByte() >= 0) throw WrongLength(name, shape, "more");
        return new IdxArray(shape, values);
    }

    private static (int[] Shape, int Bytes, int Count) ReadHeader(Stream content, string name)
    {
        Span<byte> bytes = stackalloc byte[4];
        Fill(content, name, bytes, 0, "magic number");
        if (bytes[0] != 0 || bytes[1] != 0)
        {
            throw new DataFormatException(name, 0, "magic number", $"0x{bytes[0]:X2} 0x{bytes[1]:X2}",
                "0x00 0x00 (IDX) or 0x1F 0x8B (gzip)", Remedy);
        }

        if (bytes[2] != 0x08)
            throw new DataFormatException(name, 2, "type code", $"0x{bytes[2]:X2}", "0x08 (unsigned bytes)", Remedy);
        var shape = new int[bytes[3]];
        if (shape.Length is < 1 or > MaximalDimensions)
        {
            throw new DataFormatException(
                name, 3, "number of dimensions", $"{shape.Length}", $"1 to {MaximalDimensions}", Remedy);
        }

        var count = 1;
        for (var d = 0; d < shape.Length; d++)
        {
            var (at, field) = (4 + (4 * d), $"length of dimension {d + 1} of {shape.Length}");
            Fill(content, name, bytes, at, field);
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes);
            if (length == 0 || length > MaximalBytes / count)
            {
                throw new DataFormatException(name, at, field, $"{length}",
                    $"1 to {MaximalBytes / count} ({MaximalBytes} bytes of elements are the limit)", Remedy);
            }

            shape[d] = (int)length;
            count *= shape[d];
        }

        return (shape, 4 + (4 * shape.Length), count);
    }

    private static void Fill(Stream content, string name, Span<byte> bytes, int at, string field)
    {
        var read = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read == bytes.Length) return;
        throw new DataFormatException(
            name, at, field, $"the end of the file after {at + read} bytes", $"{bytes.Length} bytes", Remedy);
    }

    private static byte[] ReadElements(Stream content, string name, int[] shape, int count, int first)
    {
        var values = new byte[first];
        for (var filled = 0; ;)
        {
            var missing = values.AsSpan(filled);
            filled += content.ReadAtLeast(missing, missing.Length, throwOnEndOfStream: false);
            if (filled < values.Length) throw WrongLength(name, shape, $"{4 + (4 * shape.Length) + filled} bytes");
            if (filled == count) return values;
            Array.Resize(ref values, (int)Math.Min(count, 2L * filled));
        }
    }

    private static DataFormatException WrongLength(string name, int[] shape, string found)
    {
        var header = 4 + (4 * shape.Length);
        var all = header + shape.Aggregate(1L, (product, length) => product * length);
        return new DataFormatException(name, header, "elements", found,
            $"{all} bytes in all ({header} of header, then UInt8 {string.Join('x', shape)})", Remedy);
    }
}
