using System.Text;
using System.Text.Unicode;

namespace Gsr.SingleCell.Reading;

/// <summary>
/// The lines of a text file, plain or gzip by its content, as spans into one buffer: no string is made of a line. Line
/// ends are LF, CR LF or, where the start of the file has no LF, CR; a UTF-8 byte order mark is skipped.
/// </summary>
internal sealed class TextLines : IDisposable
{
    internal const string Remedy = "Fetch or export the file again, as UTF-8 text, plain or gzip.";
    private const int FirstBuffer = 1 << 16;

    private readonly GzipContent? _gzip;
    private readonly Stream _content;
    private byte[] _buffer = new byte[FirstBuffer];
    private int _next, _filled, _lineStart, _lineEnd;
    private byte _end = (byte)'\n';
    private bool _ended;

    /// <summary>Reads a stream from its start; the stream stays open.</summary>
    public TextLines(Stream file, string name)
    {
        Name = name;
        file.Position = 0;
        var gzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        _content = gzip ? _gzip = new GzipContent(file, name, Remedy) : file;
        MaxLength = _gzip?.MaxLength ?? file.Length;
        IsGzip = gzip;
    }

    /// <summary>What error messages call the file.</summary>
    public string Name { get; }

    /// <summary>Whether the length of the content is a bound only.</summary>
    public bool IsGzip { get; }

    /// <summary>The content has at most so many bytes.</summary>
    public long MaxLength { get; }

    /// <summary>Number of the present line, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The present line without its end; valid until the next one is read.</summary>
    public ReadOnlySpan<byte> Line => _buffer.AsSpan(_lineStart, _lineEnd - _lineStart);

    /// <summary>The first line that is no UTF-8, or 0.</summary>
    public long FirstOfOtherEncoding { get; private set; }

    /// <summary>What to say of the encoding of the lines so far; null where they are UTF-8.</summary>
    public string? EncodingRemark => FirstOfOtherEncoding == 0 ? null
        : $"{Path.GetFileName(Name)}: line {FirstOfOtherEncoding} is no UTF-8 and was read as Latin-1 (ISO 8859-1); "
            + "save the file as UTF-8 where names look wrong.";

    /// <summary>Goes to the next line.</summary>
    /// <returns>false at the end, where a gzip file has been checked to its last byte.</returns>
    public bool Read()
    {
        var searched = _next;
        while (true)
        {
            var end = _buffer.AsSpan(searched, _filled - searched).IndexOf(_end);
            if (end >= 0)
            {
                Take(searched + end, searched + end + 1);
                return true;
            }
            searched = _filled - _next;
            if (_ended || !Fill())
            {
                if (_next == _filled) return false;
                Take(_filled, _filled);
                return true;
            }
            // Filling moved what was left to the start of the buffer, and may have found another line end.
            searched = _end == '\r' && Number == 0 ? _next : searched + _next;
        }
    }

    /// <summary>The present line as text, cut where it is long: for error messages.</summary>
    public string Excerpt() => Excerpt(Line);

    /// <summary>Bytes as text in quotation marks, cut where they are long, control characters replaced.</summary>
    public static string Excerpt(ReadOnlySpan<byte> bytes)
    {
        var text = Decoded(bytes[..Math.Min(bytes.Length, 60)]);
        text = string.Concat(text.Select(c => char.IsControl(c) ? '·' : c));
        return bytes.Length > 60 ? $"'{text}...'" : $"'{text}'";
    }

    /// <summary>Bytes as text: UTF-8, else Latin-1, which old spreadsheets and instruments write.</summary>
    public static string Decoded(ReadOnlySpan<byte> bytes) =>
        (Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes);

    /// <summary>An error at the present line.</summary>
    public DataFormatException Fault(string what, string found, string expected, string remedy) =>
        new(Name, null, $"line {Number}, {what}", found, expected, remedy);

    public void Dispose() => _gzip?.Dispose();

    private void Take(int end, int next)
    {
        (_lineStart, _lineEnd, _next) = (_next, end, next);
        if (_lineEnd > _lineStart && _buffer[_lineEnd - 1] == '\r') _lineEnd--;
        Number++;
        if (Number == 1 && Line.StartsWith("\uFEFF"u8)) _lineStart += 3;
        if (FirstOfOtherEncoding == 0 && !Utf8.IsValid(Line)) FirstOfOtherEncoding = Number;
    }

    private bool Fill()
    {
        _buffer.AsSpan(_next, _filled - _next).CopyTo(_buffer);
        (_next, _filled) = (0, _filled - _next);
        if (_filled == _buffer.Length)
        {
            if (_buffer.Length == Array.MaxLength)
            {
                throw new DataFormatException(Name, null, $"line {Number + 1}", $"more than {_buffer.Length} bytes",
                    "shorter lines", Remedy);
            }
            Array.Resize(ref _buffer, (int)Math.Min(Array.MaxLength, 2L * _buffer.Length));
        }
        var read = _content.Read(_buffer, _filled, _buffer.Length - _filled);
        _filled += read;
        // The old line end of the Macintosh, which its Excel still offers; a CR at the end of the buffer may have its
        // LF after it.
        if (Number == 0 && !_buffer.AsSpan(0, _filled).Contains((byte)'\n')
            && _buffer.AsSpan(0, Math.Max(0, _filled - 1)).Contains((byte)'\r')) _end = (byte)'\r';
        if (read > 0) return true;
        _ended = true;
        return false;
    }
}
