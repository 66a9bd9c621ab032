namespace Gsr.Kernel.Sessions.Capture;

/// <summary>
/// Stands in for Console.In: each line is asked of the reader of the notebook. Where nobody is there to answer, the input
/// is at its end at once instead of waiting for ever.
/// </summary>
internal sealed class AskingReader : TextReader
{
    private string _rest = "";

    /// <inheritdoc/>
    public override string? ReadLine()
    {
        if (_rest.Length == 0)
            return Ask();
        var line = _rest.TrimEnd('\n');
        _rest = "";
        return line;
    }

    /// <inheritdoc/>
    public override int Peek() => Fill() ? _rest[0] : -1;

    /// <inheritdoc/>
    public override int Read()
    {
        if (!Fill())
            return -1;
        var next = _rest[0];
        _rest = _rest[1..];
        return next;
    }

    private bool Fill()
    {
        if (_rest.Length == 0 && Ask() is { } line)
            _rest = line + '\n';
        return _rest.Length > 0;
    }

    private static string? Ask() => OutputRouter.Current?.ReadLine?.Invoke();
}
