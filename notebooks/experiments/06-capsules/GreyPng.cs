using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Gsr.Experiments.Capsules;

/// <summary>
/// A grey image as a PNG of 16 levels (ISO/IEC 15948, colour type 0, depth 4): many small images in one figure take a
/// tenth of what their numbers would.
/// </summary>
internal static class GreyPng
{
    private const int Levels = 16;

    /// <summary>The image as a data URI, which any front end shows without a file.</summary>
    /// <param name="pixels">[rows, columns]: 0 is black, 1 white, what lies beyond is clipped.</param>
    internal static string DataUri(float[,] pixels) =>
        "data:image/png;base64," + Convert.ToBase64String(Encode(pixels));

    internal static byte[] Encode(float[,] pixels)
    {
        var (rows, columns) = (pixels.GetLength(0), pixels.GetLength(1));
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, columns);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], rows);
        header[8] = 4;
        header[9..].Clear();
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "IDAT"u8, Compressed(pixels, rows, columns));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>Each row: its filter, 0 for none, then two pixels to a byte, the left one in the high half.</summary>
    private static byte[] Compressed(float[,] pixels, int rows, int columns)
    {
        using var content = new MemoryStream();
        using (var zip = new ZLibStream(content, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var line = new byte[1 + ((columns + 1) / 2)];
            for (var row = 0; row < rows; row++)
            {
                Array.Clear(line);
                for (var column = 0; column < columns; column++)
                {
                    var level = (int)Math.Round(Math.Clamp(pixels[row, column], 0, 1) * (Levels - 1));
                    line[1 + (column / 2)] |= (byte)(column % 2 == 0 ? level << 4 : level);
                }

                zip.Write(line);
            }
        }

        return content.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(type);
        file.Write(content);
        var crc = new Crc32();
        crc.Append(type);
        crc.Append(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc.GetCurrentHashAsUInt32());
        file.Write(number);
    }
}
