using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Gsr.SingleCell.Reading;

namespace Gsr.Experiments;

/// <summary>
/// Reads IDX files, the format of MNIST: plain, or in gzip, which is told by the content and not by the name. A file is
/// either read whole and exactly, or refused: nothing may be missing and nothing may follow.
/// </summary>
/// <example><code>
/// IdxArray images = IdxReader.Read("train-images-idx3-ubyte.gz");   // idx UInt8 60000x28x28
/// byte[] pixels = images.As&lt;byte&gt;();
/// </code></example>
public static class IdxReader
{
    // What is allocated at first for gzip, whose decompressed length is only known at its end; grown as data arrive.
    private const int FirstElements = 1 << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="path">A plain or gzip-compressed IDX file.</param>
    /// <param name="limits">How much the header may ask for; <see cref="IdxLimits.Default"/> where null.</param>
    /// <exception cref="DataFormatException">The content is damaged, of another format, or beyond the limits.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static IdxArray Read(string path, IdxLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        return Read(stream, path, limits);
    }

    /// <summary>Reads a stream from its start to its end; the stream stays open.</summary>
    /// <param name="stream">A seekable stream that holds the whole file.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="limits">How much the header may ask for; <see cref="IdxLimits.Default"/> where null.</param>
    /// <exception cref="DataFormatException">The content is damaged, of another format, or beyond the limits.</exception>
    public static IdxArray Read(Stream stream, string name, IdxLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        limits ??= IdxLimits.Default;
        stream.Position = 0;
        bool gzip = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
        stream.Position = 0;
        return gzip ? ReadGzip(stream, name, limits) : ReadPlain(stream, name, limits);
    }

    private static IdxArray ReadPlain(Stream stream, string name, IdxLimits limits)
    {
        IdxHeader header = IdxHeader.Read(stream, name, limits);
        long expected = header.Bytes + header.BodyBytes;
        if (stream.Length != expected)
            throw WrongLength(name, header, $"{stream.Length} bytes");
        return ReadBody(stream, name, header, header.Count);
    }

    private static IdxArray ReadGzip(Stream stream, string name, IdxLimits limits)
    {
        using var content = new GzipContent(stream, name, IdxHeader.Remedy);
        IdxHeader header = IdxHeader.Read(content, name, limits);
        long expected = header.Bytes + header.BodyBytes;
        if (expected > content.MaxLength)
            throw WrongLength(name, header, $"a gzip file that can hold {content.MaxLength} at most");
        IdxArray array = ReadBody(content, name, header, FirstElements);
        if (content.ReadByte() >= 0)
            throw WrongLength(name, header, "more");
        content.CheckTrailer();
        return array;
    }

    private static IdxArray ReadBody(Stream content, string name, IdxHeader header, int first) => new(
        header.Type,
        header.Shape,
        header.Type switch
        {
            IdxType.UInt8 => ReadElements<byte>(content, name, header, first),
            IdxType.Int8 => ReadElements<sbyte>(content, name, header, first),
            IdxType.Int16 => Reversed<short>(ReadElements<short>(content, name, header, first)),
            IdxType.Int32 => Reversed<int>(ReadElements<int>(content, name, header, first)),
            IdxType.Single => Reversed<float>(ReadElements<float>(content, name, header, first)),
            _ => Reversed<double>(ReadElements<double>(content, name, header, first)),
        });

    private static T[] ReadElements<T>(Stream content, string name, IdxHeader header, int first)
        where T : unmanaged
    {
        var values = new T[Math.Min(header.Count, first)];
        int filled = 0;
        while (true)
        {
            Span<byte> part = MemoryMarshal.AsBytes(values.AsSpan(filled));
            int read = content.ReadAtLeast(part, part.Length, throwOnEndOfStream: false);
            if (read < part.Length)
            {
                long got = ((long)filled * IdxHeader.SizeOf(header.Type)) + read;
                throw WrongLength(name, header, $"{header.Bytes + got} bytes");
            }
            if (values.Length == header.Count) return values;
            filled = values.Length;
            Array.Resize(ref values, (int)Math.Min(header.Count, 2L * filled));
        }
    }

    /// <summary>Turns big-endian elements, read as they lie, into this machine's byte order, in place.</summary>
    internal static T[] Reversed<T>(T[] values) where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian) return values;
        Span<byte> bytes = MemoryMarshal.AsBytes(values.AsSpan());
        if (values is short[])
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, short>(bytes), MemoryMarshal.Cast<byte, short>(bytes));
        else if (values is int[] or float[])
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, int>(bytes), MemoryMarshal.Cast<byte, int>(bytes));
        else if (values is double[])
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, long>(bytes), MemoryMarshal.Cast<byte, long>(bytes));
        return values;
    }

    private static DataFormatException WrongLength(string name, IdxHeader header, string found) => new(
        name, header.Bytes, "elements", found,
        $"{header.Bytes + header.BodyBytes} bytes in all ({header.Bytes} of header, then {header.Type} " +
        $"{string.Join('x', header.Shape)})",
        IdxHeader.Remedy);
}
