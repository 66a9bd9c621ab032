using System.Globalization;
using System.Text;

namespace Gsr.SingleCell.Reading;

/// <summary>The first 58 bytes of an FCS file: its version and where its segments lie, first and last byte.</summary>
internal sealed record FcsHeader(string Version, long TextBegin, long TextEnd, long DataBegin, long DataEnd)
{
    private const int Bytes = 58;

    public static FcsHeader Read(Stream stream, string file)
    {
        Span<byte> header = stackalloc byte[Bytes];
        stream.Position = 0;
        int read = stream.ReadAtLeast(header, Bytes, throwOnEndOfStream: false);
        if (read < Bytes)
            throw new DataFormatException(file, 0, "header", $"{read} bytes", $"{Bytes}", FcsText.Remedy);
        string version = Encoding.ASCII.GetString(header[..6]);
        if (version is not ("FCS2.0" or "FCS3.0" or "FCS3.1" or "FCS3.2"))
            throw new DataFormatException(file, 0, "version", FcsText.Quoted(version), "FCS2.0, FCS3.0 or FCS3.1", FcsText.Remedy);
        var found = new FcsHeader(version, Offset(header, 10, file), Offset(header, 18, file), Offset(header, 26, file),
            Offset(header, 34, file));
        if (found.TextBegin < Bytes || found.TextEnd <= found.TextBegin || found.TextEnd >= stream.Length)
        {
            throw new DataFormatException(file, 10, "TEXT segment", $"{found.TextBegin} to {found.TextEnd}",
                $"two places within {Bytes} to {stream.Length - 1}", FcsText.Remedy);
        }
        return found;
    }

    private static long Offset(ReadOnlySpan<byte> header, int at, string file)
    {
        string text = Encoding.ASCII.GetString(header.Slice(at, 8)).Trim(' ', '\0');
        if (text.Length == 0) return 0;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long offset))
            throw new DataFormatException(file, at, "offset", FcsText.Quoted(text), "digits, preceded by blanks", FcsText.Remedy);
        return offset;
    }
}
