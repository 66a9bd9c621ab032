using System.Text;

namespace Gsr.SingleCell.Reading;

/// <summary>
/// The lines of a text file, plain or gzip by its content, as spans into one buffer: no string is made of a line. Line
/// ends are LF or CR LF; a UTF-8 byte order mark is passed over.
/// </summary>
internal sealed class TextLines : IDisposable
{
    internal const string Remedy = "Fetch or export the file again, as UTF-8 text, plain or gzip.";
    private const int FirstBuffer = 1 << 16;

    private readonly GzipContent? _gzip;
    private readonly Stream _content;
    private byte[] _buffer = new byte[FirstBuffer];
    private int _next, _filled, _lineStart, _lineEnd;
    private bool _ended, _again;

    /// <summary>Reads a stream from its start; the stream stays open.</summary>
    public TextLines(Stream file, string name)
    {
        Name = name;
        file.Position = 0;
        bool gzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
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

    /// <summary>Goes to the next line.</summary>
    /// <returns>false at the end, where a gzip file has been checked to its last byte.</returns>
    public bool Read()
    {
        if (_again)
        {
            _again = false;
            return true;
        }
        int searched = _next;
        while (true)
        {
            int end = _buffer.AsSpan(searched, _filled - searched).IndexOf((byte)'\n');
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
            // Filling moved what was left to the start of the buffer.
            searched += _next;
        }
    }

    /// <summary>Lets the next <see cref="Read"/> give the present line once more.</summary>
    public void Unread() => _again = true;

    /// <summary>The present line as text, cut where it is long: for error messages.</summary>
    public string Excerpt() => Excerpt(Line);

    /// <summary>Bytes as text in quotation marks, cut where they are long, control characters replaced.</summary>
    public static string Excerpt(ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 60)]);
        text = string.Concat(text.Select(c => char.IsControl(c) ? '·' : c));
        return bytes.Length > 60 ? $"'{text}...'" : $"'{text}'";
    }

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
        int read = _content.Read(_buffer, _filled, _buffer.Length - _filled);
        _filled += read;
        if (read > 0) return true;
        _ended = true;
        _gzip?.CheckTrailer();
        return false;
    }
}
