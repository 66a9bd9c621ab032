namespace Gsr.SingleCell.Reading;

/// <summary>A file whose reading is watched: it says how much was read, and ends when it is cancelled.</summary>
internal sealed class WatchedFile : FileStream
{
    private readonly Watch _watch;
    private readonly string _name;
    private long _read;
    private bool _here;

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
            // What is read here and there says nothing of what is left.
            _here = value > 0;
            if (value == 0) _read = 0;
        }
    }

    /// <summary>A temporary file for a part of this one, which an archive is.</summary>
    public WatchedFile Temporary() => new(this);

    // A FileStream that is derived from reads by this one, whichever is called.
    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_read == 0) _watch.Step($"reading {_name}");
        var read = base.Read(buffer, offset, count);
        _read += read;
        _watch.Report(_here ? null : Math.Min(1, _read / (double)Length));
        return read;
    }
}
