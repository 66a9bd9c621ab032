using System.IO.Compression;
using System.Text;

namespace Gsr.Tests.SingleCell.Reading;

/// <summary>Bytes of small text files.</summary>
internal static class SmallFiles
{
    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(content);
        return packed.ToArray();
    }

    public static byte[] Gzip(string text) => Gzip(Text(text));
}
