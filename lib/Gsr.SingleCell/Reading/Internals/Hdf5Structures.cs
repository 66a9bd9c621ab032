using System.Buffers.Binary;

namespace Gsr.SingleCell.Reading;

/// <summary>
/// Looks through HDF5 structures at the moment in which their signature is read, and refuses lengths that reach beyond
/// them: the HDF5 library takes memory for such a length before it looks for the bytes. Layouts as in the HDF5 File
/// Format Specification, version 3.0: global heap collections (III.E), object headers of version 2 (IV.A), fixed arrays
/// (VII.C).
/// </summary>
/// <remarks>Addresses and lengths are taken to be of 8 bytes, as every current writer has them.</remarks>
internal static class Hdf5Structures
{
    // Of one object header; a ring of continuations never ends.
    private const int MostBlocks = 10_000;

    /// <summary>Checks the structure that starts with a signature; other signatures pass.</summary>
    /// <param name="stream">The file; its position is the caller's to restore.</param>
    /// <param name="at">Where the signature stands.</param>
    /// <exception cref="InvalidDataException">A length reaches beyond its structure.</exception>
    public static void Check(Stream stream, long at)
    {
        Span<byte> signature = stackalloc byte[4];
        Fill(stream, at, signature);
        if (signature.SequenceEqual("GCOL"u8)) CheckGlobalHeap(stream, at);
        else if (signature.SequenceEqual("OHDR"u8)) CheckObjectHeader(stream, at);
        else if (signature.SequenceEqual("FAHD"u8)) CheckFixedArray(stream, at);
    }

    private static void CheckGlobalHeap(Stream stream, long at)
    {
        Span<byte> part = stackalloc byte[16];
        Fill(stream, at, part);
        var size = BinaryPrimitives.ReadUInt64LittleEndian(part[8..]);
        if (size < 16 || size > (ulong)(stream.Length - at)) throw Beyond("a global heap", at, size);
        var end = at + (long)size;
        var next = at + 16;
        // What is left at the end may be too short for an object.
        while (end - next >= 16)
        {
            Fill(stream, next, part);
            if (BinaryPrimitives.ReadUInt16LittleEndian(part) == 0) return;
            var length = BinaryPrimitives.ReadUInt64LittleEndian(part[8..]);
            if (length > (ulong)(end - next - 16)) throw Beyond("an object of a global heap", next, length);
            next += 16 + (((long)length + 7) / 8 * 8);
        }
    }

    private static void CheckObjectHeader(Stream stream, long at)
    {
        Span<byte> start = stackalloc byte[6];
        Fill(stream, at, start);
        var flags = start[5];
        // Times, then the numbers at which attributes change their storage.
        var next = at + 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
        Span<byte> width = stackalloc byte[8];
        var bytes = 1 << (flags & 3);
        Fill(stream, next, width[..bytes]);
        var size = BinaryPrimitives.ReadUInt64LittleEndian(width);
        var blocks = new Queue<(long At, ulong Size)>();
        blocks.Enqueue((next + bytes, size));
        for (var count = 0; blocks.TryDequeue(out var block); count++)
        {
            if (count == MostBlocks || block.At < 0 || block.At > stream.Length
                || block.Size > (ulong)(stream.Length - block.At))
                throw Beyond("an object header", at, block.Size);
            CheckMessages(stream, block.At, block.At + (long)block.Size, (flags & 4) != 0 ? 6 : 4, blocks);
        }
    }

    private static void CheckMessages(
        Stream stream, long at, long end, int headerBytes, Queue<(long At, ulong Size)> blocks)
    {
        Span<byte> header = stackalloc byte[4];
        Span<byte> body = stackalloc byte[64];
        while (end - at >= headerBytes)
        {
            Fill(stream, at, header);
            int type = header[0], size = BinaryPrimitives.ReadUInt16LittleEndian(header[1..]);
            at += headerBytes;
            if (size > end - at) throw Beyond("a message of an object header", at, (ulong)size);
            // Also beyond a message that is too short for its fields: the library would read them there.
            body.Clear();
            Fill(stream, at, body[..(int)Math.Min(stream.Length - at, body.Length)]);
            ulong inner = type switch
            {
                4 => BinaryPrimitives.ReadUInt32LittleEndian(body),
                5 => FillValueLength(body),
                6 => LinkNameLength(body),
                8 => SingleChunkLength(body) > (ulong)stream.Length ? ulong.MaxValue : 0,
                12 => AttributeLength(stream, at, size),
                _ => 0,
            };
            if (inner > (ulong)size) throw Beyond("a message of an object header", at, inner);
            if (type == 16)
            {
                var length = BinaryPrimitives.ReadUInt64LittleEndian(body[8..]);
                if (length < 8) throw Beyond("a continuation of an object header", at, length);
                // The continuation's own signature and checksum stand around its messages.
                blocks.Enqueue(((long)BinaryPrimitives.ReadUInt64LittleEndian(body) + 4, length - 8));
            }
            at += size;
        }
    }

    private static ulong FillValueLength(ReadOnlySpan<byte> body) => body[0] switch
    {
        1 => BinaryPrimitives.ReadUInt32LittleEndian(body[4..]),
        2 => body[3] != 0 ? BinaryPrimitives.ReadUInt32LittleEndian(body[4..]) : 0,
        3 => (body[1] & 0x20) != 0 ? BinaryPrimitives.ReadUInt32LittleEndian(body[2..]) : 0,
        _ => ulong.MaxValue,
    };

    // Stored bytes of a data set of one filtered chunk (a layout of version 4, class 2, index 1), else 0: behind the
    // chunk's lengths, each of the same width.
    private static ulong SingleChunkLength(ReadOnlySpan<byte> body)
    {
        var at = 5 + (body[3] * body[4]);
        return body is [4, 2, ..] && (body[2] & 2) != 0 && at + 9 <= body.Length && body[at] == 1
            ? BinaryPrimitives.ReadUInt64LittleEndian(body[(at + 1)..]) : 0;
    }

    private static ulong LinkNameLength(ReadOnlySpan<byte> body)
    {
        var flags = body[1];
        var at = 2 + ((flags & 8) != 0 ? 1 : 0) + ((flags & 4) != 0 ? 8 : 0) + ((flags & 16) != 0 ? 1 : 0);
        return (flags & 3) switch
        {
            0 => body[at],
            1 => BinaryPrimitives.ReadUInt16LittleEndian(body[at..]),
            2 => BinaryPrimitives.ReadUInt32LittleEndian(body[at..]),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(body[at..]),
        };
    }

    // An attribute's value is as long as its type and its dimensions say; both stand before it in the message.
    private static ulong AttributeLength(Stream stream, long at, int size)
    {
        var body = new byte[size];
        Fill(stream, at, body);
        if (size < 9) return 0;
        int version = body[0], name = BinaryPrimitives.ReadUInt16LittleEndian(body.AsSpan(2));
        int type = BinaryPrimitives.ReadUInt16LittleEndian(body.AsSpan(4));
        // Version 1 pads the name and the type to eight bytes; version 3 has one byte more before the name.
        var typeAt = version == 1 ? 8 + Padded(name) : version == 2 ? 8 + name : 9 + name;
        var spaceAt = typeAt + (version == 1 ? Padded(type) : type);
        if (spaceAt + 4 > size || typeAt + 8 > size) return ulong.MaxValue;
        decimal bytes = BinaryPrimitives.ReadUInt32LittleEndian(body.AsSpan(typeAt + 4));
        int rank = body[spaceAt + 1], lengthsAt = spaceAt + (body[spaceAt] == 1 ? 8 : 4);
        if (lengthsAt + (8 * rank) > size) return ulong.MaxValue;
        for (var i = 0; i < rank && bytes <= size; i++)
            bytes *= BinaryPrimitives.ReadUInt64LittleEndian(body.AsSpan(lengthsAt + (8 * i)));
        return bytes > size ? ulong.MaxValue : (ulong)bytes;
    }

    private static int Padded(int length) => (length + 7) / 8 * 8;

    private static void CheckFixedArray(Stream stream, long at)
    {
        Span<byte> header = stackalloc byte[16];
        Fill(stream, at, header);
        var entries = BinaryPrimitives.ReadUInt64LittleEndian(header[8..]);
        if (entries > (ulong)stream.Length / 8) throw Beyond("a fixed array", at, entries);
    }

    private static void Fill(Stream stream, long at, Span<byte> bytes)
    {
        if (at < 0 || at > stream.Length - bytes.Length) throw Beyond("a structure", at, (ulong)bytes.Length);
        stream.Position = at;
        stream.ReadExactly(bytes);
    }

    private static InvalidDataException Beyond(string what, long at, ulong length) =>
        new($"{what} at byte {at} with a length of {length}, more than there is");
}
