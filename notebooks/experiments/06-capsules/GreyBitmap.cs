using System.Buffers.Binary;

namespace Gsr.Experiments.Capsules;

/// <summary>
/// A grey image as an uncompressed bitmap of 8 bits a pixel, which every browser shows: many small images in one figure
/// take a fraction of what their numbers would.
/// </summary>
internal static class GreyBitmap
{
    // The file's header, the image's, and a palette of 256 greys of four bytes.
    private const int Start = 14 + 40 + (4 * 256);

    /// <summary>The image as a data URI.</summary>
    /// <param name="pixels">[rows, columns]: 0 is black, 1 white, what lies beyond is clipped.</param>
    internal static string DataUri(float[,] pixels) =>
        "data:image/bmp;base64," + Convert.ToBase64String(Encode(pixels));

    internal static byte[] Encode(float[,] pixels)
    {
        var (rows, columns) = (pixels.GetLength(0), pixels.GetLength(1));
        var stride = (columns + 3) / 4 * 4;
        var file = new byte[Start + (rows * stride)];
        (file[0], file[1], file[14], file[26], file[28]) = ((byte)'B', (byte)'M', 40, 1, 8);
        foreach (var (at, value) in new[] { (2, file.Length), (10, Start), (18, columns), (22, rows) })
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        for (var grey = 0; grey < 256; grey++) file.AsSpan(54 + (4 * grey), 3).Fill((byte)grey);
        // The lowest row comes first.
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                file[Start + ((rows - 1 - row) * stride) + column] =
                    (byte)Math.Round(255 * Math.Clamp(pixels[row, column], 0, 1));
            }
        }

        return file;
    }
}
