using System.Diagnostics;
using System.Text;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Sessions.Capture;

/// <summary>
/// Brings everything that a session's cells emit into one order, each output to the cell that it descends from. Text is
/// coalesced, since a cell may write a hundred thousand short lines and each output costs a message; whatever is not
/// text waits for the text before it.
/// </summary>
internal sealed class OutputRouter : IDisposable
{
    private const int FlushLength = 32 * 1024;
    private static readonly TimeSpan FlushDelay = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private readonly List<CellOutput> _early = [];
    private readonly Timer _timer;
    private readonly Allowance? _mostText, _mostShown;
    private RunningCell? _latest;
    private (RunningCell? Cell, string Stream) _source;
    private long _omitted;
    private bool _armed;

    /// <param name="burst">
    /// How many characters of text, and five times as many of values, may come at once, where whoever takes them does
    /// not make the writer wait; what is more is left out. Null for no limit.
    /// </param>
    public OutputRouter(int? burst)
    {
        _timer = new Timer(_ => Flush());
        if (burst is { } most)
            (_mostText, _mostShown) = (new(most), new(5L * most));
    }

    /// <summary>The router of the running code's cell; where that is unknown, that of the only session.</summary>
    public static OutputRouter? Current => RunningCell.Current?.Router ?? ConsoleCapture.OnlyRouter;

    /// <summary>Asks for a line of input, hidden or not; null where there is nobody to ask.</summary>
    public Func<string, bool, string?>? ReadLine { get; init; }

    /// <summary>Fetches output that has been written but is still on its way, so that it is not overtaken.</summary>
    public Action Drain { get; set; } = static () => { };

    /// <summary>The cell that started last; null before the first.</summary>
    public RunningCell? Latest => _latest;

    /// <summary>A cell starts; what nobody can be found for is its output from now on.</summary>
    public void Open(RunningCell cell)
    {
        lock (_gate)
        {
            FlushText();
            _latest = cell;
            foreach (var output in _early)
                cell.Hand(output);
            _early.Clear();
        }
    }

    /// <summary>A cell ended: all its text is out.</summary>
    public void Close()
    {
        Drain();
        lock (_gate)
        {
            SayOmitted();
            FlushText();
        }
    }

    public void Write(string stream, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return;
        lock (_gate)
        {
            var source = (Origin, stream);
            if (source != _source)
                FlushText();
            _source = source;
            if (_mostText?.Takes(text.Length) == false)
            {
                _omitted += text.Length;
                return;
            }
            SayOmitted();
            _text.Append(text);
            if (_text.Length >= FlushLength)
                FlushText();
            else if (!_armed)
                _armed = _timer.Change(FlushDelay, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Emits an output after the text before it, for the running code's cell unless one is given.</summary>
    public void Emit(CellOutput output, RunningCell? cell = null)
    {
        Drain();
        var size = _mostShown is null ? 0
            : ((output as DisplayOutput)?.Bundle ?? (output as ResultOutput)?.Bundle)?.Size ?? 0;
        lock (_gate)
        {
            FlushText();
            cell ??= Origin;
            if (_mostShown?.Takes(size) != false)
            {
                Hand(cell, output);
                return;
            }
            _omitted += size;
            _source = (cell, "stderr");
        }
    }

    /// <summary>A cell may end the process.</summary>
    public void FlushAtExit(object? sender, EventArgs e) => Close();

    public void Dispose() => _timer.Dispose();

    private RunningCell? Origin => RunningCell.Current is { } cell && cell.Router == this ? cell : _latest;

    /// <summary>Hands on the text that has been collected.</summary>
    public void Flush()
    {
        lock (_gate)
            FlushText();
    }

    private void SayOmitted()
    {
        if (_omitted > 0)
            _text.Append($"\n[{Display.Text.Count(_omitted)} characters are left out here.]\n");
        _omitted = 0;
    }

    private void FlushText()
    {
        _armed = false;
        if (_text.Length == 0)
            return;
        var output = new StreamOutput(_source.Stream, _text.ToString());
        _text.Clear();
        Hand(_source.Cell, output);
    }

    // Before the first cell there is nobody to take it.
    private void Hand(RunningCell? cell, CellOutput output)
    {
        if (cell is null)
            _early.Add(output);
        else
            cell.Hand(output);
    }

    // A minute's silence lets as much through again as was let through at first.
    private sealed class Allowance(long most)
    {
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private double _used;

        public bool Takes(long length)
        {
            _used = Math.Max(0, _used - _clock.Elapsed.TotalMinutes * most);
            _clock.Restart();
            if (_used + length > most)
                return false;
            _used += length;
            return true;
        }
    }
}
