using System.IO.Compression;

namespace Gsr.SingleCell.Reading;

/// <summary>
/// The decompressed content of a gzip file of one or several members (RFC 1952), read forward. The runtime checks each
/// member, and says nothing of a file that is cut short or has other bytes at its end. Therefore a member of our own is
/// read after the file's last: where the file is whole, that one comes out of the end.
/// </summary>
internal sealed class GzipContent : ForwardStream
{
    private const int HeaderAndTrailer = 18;

    // Deflate's best: 258 bytes from two bits, hence at most 1032 bytes from one.
    private const long MaxRatio = 1032;
    private static readonly byte[] Seal = [.. "the end of \u0000 gzip"u8];
    private static readonly byte[] SealMember = Packed(Seal);

    private readonly GZipStream _gzip;
    private readonly SealedFile _source;
    private readonly string _file;
    private readonly string _remedy;
    private byte[]? _tail;
    private int _given;
    private long _length;

    public GzipContent(Stream file, string name, string remedy)
    {
        (_file, _remedy) = (name, remedy);
        if (file.Length < HeaderAndTrailer)
            throw Damaged($"{file.Length} bytes", $"{HeaderAndTrailer} or more");
        file.Position = 0;
        MaxLength = checked(file.Length * MaxRatio);
        _source = new SealedFile(file);
        _gzip = new GZipStream(_source, CompressionMode.Decompress);
    }

    /// <summary>More than this cannot come out, whatever the content claims.</summary>
    public long MaxLength { get; }

    public override int Read(Span<byte> buffer)
    {
        if (_tail is null)
        {
            var read = Inflated(buffer);
            if (read > 0 && !_source.IsSealRead) return read;
            _tail = Tail(buffer[..read]);
        }
        var count = Math.Min(buffer.Length, _tail.Length - _given);
        _tail.AsSpan(_given, count).CopyTo(buffer);
        _given += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _gzip.Dispose();
        base.Dispose(disposing);
    }

    // What comes after the file's own bytes were used up, without the seal.
    private byte[] Tail(ReadOnlySpan<byte> first)
    {
        using var rest = new MemoryStream();
        rest.Write(first);
        var more = new byte[256];
        int read;
        while ((read = Inflated(more)) > 0) rest.Write(more, 0, read);
        var tail = rest.ToArray();
        if (tail.AsSpan().EndsWith(Seal)) return tail[..^Seal.Length];
        throw _source.IsSealRead ? CutShort(null) : Damaged(
            $"other bytes after the {_length} that it holds", "the end of the file after the gzip content");
    }

    private int Inflated(Span<byte> buffer)
    {
        try
        {
            var read = _gzip.Read(buffer);
            _length += read;
            return read;
        }
        catch (InvalidDataException e)
        {
            throw _source.IsSealRead ? CutShort(e) : Damaged(
                $"an error after {_length} decompressed bytes ({e.Message.TrimEnd('.')})", "a valid gzip stream", e);
        }
    }

    private DataFormatException CutShort(Exception? inner) => Damaged(
        $"a file that is cut short, after {_length} decompressed bytes", "the rest of the gzip content", inner);

    private DataFormatException Damaged(string found, string expected, Exception? inner = null) =>
        new(_file, null, "gzip", found, expected, _remedy, inner);

    private static byte[] Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(content);
        return packed.ToArray();
    }

    /// <summary>A file's bytes and, once they are used up, the seal.</summary>
    private sealed class SealedFile(Stream file) : ForwardStream
    {
        private int _given;

        /// <summary>Whether the reader needed more than the file has.</summary>
        public bool IsSealRead { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            var read = IsSealRead ? 0 : file.Read(buffer);
            if (read > 0 || buffer.IsEmpty) return read;
            IsSealRead = true;
            read = Math.Min(buffer.Length, SealMember.Length - _given);
            SealMember.AsSpan(_given, read).CopyTo(buffer);
            _given += read;
            return read;
        }
    }
}
