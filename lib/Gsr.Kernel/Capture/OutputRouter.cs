using System.Text;
using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Capture;

/// <summary>
/// Brings everything that a session's cells emit into one order. Text is coalesced, since a cell may write a hundred
/// thousand short lines and each event costs a message; whatever is not text waits for the text before it.
/// </summary>
internal sealed class OutputRouter : IDisposable
{
    private const int FlushLength = 32 * 1024;
    private static readonly TimeSpan FlushDelay = TimeSpan.FromMilliseconds(50);
    private static readonly AsyncLocal<OutputRouter?> s_flowing = new();

    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private readonly Action<CellOutput> _emit;
    private readonly Timer _timer;
    private string _stream = "stdout";
    private bool _armed;
    private bool _open;

    public OutputRouter(Action<CellOutput> emit)
    {
        _emit = emit;
        _timer = new Timer(_ => OnTimer());
    }

    /// <summary>
    /// The router of the cell that the running code descends from, whatever thread it runs on; code whose descent is
    /// unknown (native callbacks) belongs to the only session that there is.
    /// </summary>
    public static OutputRouter? Current
    {
        get => s_flowing.Value ?? ConsoleCapture.OnlyRouter;
        set => s_flowing.Value = value;
    }

    /// <summary>Asks for a line of input; null where there is nobody to ask.</summary>
    public Func<string?>? ReadLine { get; init; }

    /// <summary>Fetches output that has been written but is still on its way, so that it is not overtaken.</summary>
    public Action Drain { get; set; } = static () => { };

    /// <summary>A cell starts: from now on outputs have somewhere to go.</summary>
    public void Open()
    {
        lock (_gate)
        {
            _open = true;
            FlushText();
        }
    }

    /// <summary>A cell ended: all its text is out, and what background work writes from now on waits for the next cell.</summary>
    public void Close()
    {
        Drain();
        lock (_gate)
        {
            FlushText();
            _open = false;
        }
    }

    /// <summary>Adds text to the end of what was written so far.</summary>
    public void Write(string stream, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return;
        lock (_gate)
        {
            if (stream != _stream)
                FlushText();
            // Kept apart only while a cell runs; what is held back between cells must not be relabelled either.
            if (stream != _stream && _text.Length > 0)
                _held.Add(TakeText());
            _stream = stream;
            _text.Append(text);
            if (_text.Length >= FlushLength)
                FlushText();
            else if (!_armed && _open)
            {
                _armed = true;
                _timer.Change(FlushDelay, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Emits an output after all text before it.</summary>
    public void Emit(CellOutput output)
    {
        Drain();
        lock (_gate)
        {
            if (!_open)
            {
                if (_text.Length > 0)
                    _held.Add(TakeText());
                _held.Add(output);
                return;
            }
            FlushText();
            _emit(output);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private readonly List<CellOutput> _held = [];

    private void OnTimer()
    {
        lock (_gate)
            FlushText();
    }

    private void FlushText()
    {
        if (!_open)
            return;
        foreach (var output in _held)
            _emit(output);
        _held.Clear();
        if (_text.Length > 0)
            _emit(TakeText());
    }

    private StreamOutput TakeText()
    {
        var output = new StreamOutput(_stream, _text.ToString());
        _text.Clear();
        _armed = false;
        return output;
    }
}
