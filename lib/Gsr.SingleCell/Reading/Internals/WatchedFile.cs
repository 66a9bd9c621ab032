namespace Gsr.SingleCell.Reading;

/// <summary>A file whose reading is watched: it says how much was read, and ends when it is cancelled.</summary>
internal sealed class WatchedFile : FileStream
{
    private readonly Watch _watch;
    private readonly string _name;
    private long _read;

    /// <summary>Opens a file to be read.</summary>
    public WatchedFile(string path, int bufferSize, Watch watch)
        : base(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize) =>
        (_watch, _name) = (watch.Step($"reading {System.IO.Path.GetFileName(path)}"), System.IO.Path.GetFileName(path));

    private WatchedFile(WatchedFile archive)
        : base(System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName()),
            FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 14, FileOptions.DeleteOnClose) =>
        (_watch, _name) = (archive._watch, archive._name);

    /// <inheritdoc/>
    public override long Position
    {
        get => base.Position;
        set
        {
            base.Position = value;
            if (value == 0) _read = 0;
        }
    }

    /// <summary>A temporary file for a part of this one, which an archive is.</summary>
    public WatchedFile Temporary() => new(this);

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_read == 0) _watch.Step($"reading {_name}");
        var read = base.Read(buffer);
        _read += read;
        _watch.Report(Math.Min(1, _read / (double)Length));
        return read;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
}
