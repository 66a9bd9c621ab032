using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Gsr.SingleCell.Reading;

/// <summary>
/// The decompressed content of one gzip file (RFC 1952), read forward. The file's last eight bytes must be the CRC-32
/// and the length of exactly this content: the runtime's own stream lets bytes after the end pass.
/// </summary>
internal sealed class GzipContent : Stream
{
    private const int HeaderAndTrailer = 18;

    // Deflate's best: 258 bytes from two bits, hence at most 1032 bytes from one.
    private const long MaxRatio = 1032;

    private readonly GZipStream _gzip;
    private readonly string _file;
    private readonly string _remedy;
    private readonly uint _trailerCrc;
    private readonly uint _trailerLength;
    private readonly Crc32 _crc = new();
    private long _length;

    public GzipContent(Stream file, string name, string remedy)
    {
        (_file, _remedy) = (name, remedy);
        if (file.Length < HeaderAndTrailer)
            throw Damaged($"{file.Length} bytes", $"{HeaderAndTrailer} or more");
        Span<byte> trailer = stackalloc byte[8];
        file.Position = file.Length - trailer.Length;
        file.ReadExactly(trailer);
        file.Position = 0;
        _trailerCrc = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        _trailerLength = BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]);
        MaxLength = checked(file.Length * MaxRatio);
        _gzip = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
    }

    /// <summary>More than this cannot come out, whatever the content claims.</summary>
    public long MaxLength { get; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            int read = _gzip.Read(buffer);
            _crc.Append(buffer[..read]);
            _length += read;
            return read;
        }
        catch (InvalidDataException e)
        {
            throw Damaged(
                $"an error after {_length} decompressed bytes ({e.Message.TrimEnd('.')})", "a valid gzip stream", e);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>To be called at the end of the content.</summary>
    public void CheckTrailer()
    {
        var crc = _crc.GetCurrentHashAsUInt32();
        if (_trailerCrc != crc || _trailerLength != (uint)_length)
        {
            throw Damaged($"a trailer of CRC-32 {_trailerCrc:x8}, length {_trailerLength}",
                $"CRC-32 {crc:x8}, length {_length}, as the content has it, and nothing after it");
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _gzip.Dispose();
        base.Dispose(disposing);
    }

    private DataFormatException Damaged(string found, string expected, Exception? inner = null) =>
        new(_file, null, "gzip", found, expected, _remedy, inner);
}
