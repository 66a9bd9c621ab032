using System.Runtime.CompilerServices;

namespace Gsr.SingleCell.Reading;

/// <summary>
/// A stream for a reader that trusts its file: places outside the file, recursion without end and loops without end
/// become exceptions that can be caught, since each of them passes through here.
/// </summary>
internal sealed class GuardedStream(Stream inner) : Stream
{
    // A sound file is read once, its directories and chunk trees a few times more.
    private const long FreeBytes = 1 << 24;
    private const int Rereads = 64;
    private const int CostOfCall = 64;

    private readonly long _length = inner.Length;
    private long _left = FreeBytes + (Rereads * inner.Length);

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => inner.Position;
        set
        {
            Spend(0);
            if (value < 0 || value > _length)
                throw new InvalidDataException($"an address {value} outside the file's {_length} bytes");
            inner.Position = value;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        Spend(buffer.Length);
        var at = inner.Position;
        if (buffer.Length > _length - at)
            throw new InvalidDataException($"{buffer.Length} bytes at byte {at}, beyond the file's {_length}");
        var read = inner.Read(buffer);
        // Object headers are read by their first byte, which may be a version, and then the rest of the signature.
        var start = read == 3 && buffer is [(byte)'H', (byte)'D', (byte)'R'] ? at - 1 : read == 4
            && buffer.Length == 4 ? at : -1;
        if (start >= 0)
        {
            Hdf5Structures.Check(inner, start);
            inner.Position = at + read;
        }
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => Position,
        _ => _length,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Spend(int bytes)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        _left -= bytes + CostOfCall;
        if (_left < 0) throw new InvalidDataException("structures that refer to each other without end");
    }
}
