using System.Text.Json.Nodes;
using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Documents;

/// <summary>The outputs of one run of a notebook, also those that a cell emits after its end.</summary>
internal sealed class NotebookRecord
{
    private readonly DisplayRegistry _displays = new();
    private readonly Dictionary<string, (CellRecorder Recorder, bool MayFail)> _cells = [];
    private List<(string Cell, ErrorOutput Error)> _lateErrors = [];

    /// <summary>A cell is executed under a name.</summary>
    public CellRecorder Begin(string name, NotebookCell cell)
    {
        var recorder = new CellRecorder(cell, _displays);
        _cells[name] = (recorder, cell.MayFail);
        return recorder;
    }

    /// <summary>Takes an output of a cell that has ended, from a task that it left behind.</summary>
    public void AddLate(string name, CellOutput output)
    {
        if (!_cells.TryGetValue(name, out var cell))
            return;
        cell.Recorder.Record(output);
        cell.Recorder.Flush();
        if (output is ErrorOutput error && !cell.MayFail)
            _lateErrors.Add((name, error));
    }

    /// <summary>The errors among those since this was last asked, with the names of their cells.</summary>
    public List<(string Cell, ErrorOutput Error)> TakeLateErrors()
    {
        var taken = _lateErrors;
        _lateErrors = [];
        return taken;
    }
}

/// <summary>Records the outputs of one execution of a cell in the notebook, as a front end would show them.</summary>
/// <param name="cell">The cell; it must have been reset.</param>
/// <param name="displays">The displays of the whole notebook, which any cell may update.</param>
internal sealed class CellRecorder(NotebookCell cell, DisplayRegistry displays)
{
    /// <summary>How much text a cell may write before the rest is left out of the notebook.</summary>
    public const int LongestText = 1_000_000;

    /// <summary>
    /// How many characters the values and errors that a cell shows may have before further ones are left out.
    /// </summary>
    public const int LongestShown = 5 * MimeBundle.Longest;

    // What an output takes beside its text, and a change of the stream: of the smallest there could be millions.
    private const int EachShown = 500, EachStream = 50;

    private TerminalText? _text;
    private JsonObject? _stream;
    private TerminalText? _cutText;
    private JsonObject? _cutStream;
    private int _kept;
    private long _dropped;
    private long _shown;
    private int _left;
    private JsonObject? _leftNote;
    private bool _clearPending;

    public void Record(CellOutput output)
    {
        if (output is ClearOutput clear)
        {
            _clearPending = clear.Wait;
            if (!clear.Wait)
                Clear();
            return;
        }
        if (output is StreamOutput { Text: "" })
            return;
        var updated = output is DisplayOutput { Update: true, DisplayId: { } known } ? known : null;
        if (_clearPending && updated is null)
        {
            _clearPending = false;
            Clear();
        }
        var size = updated is null ? Size(output) : displays.Growth(updated, ((DisplayOutput)output).Bundle);
        // Among too many values, what went wrong in the end is still told.
        if (_shown + size > LongestShown + (output is ErrorOutput ? LongestText : 0))
        {
            _left++;
            return;
        }
        _shown += size;
        switch (output)
        {
            case DisplayOutput update when updated is not null:
                displays.Update(updated, update.Bundle);
                break;
            case StreamOutput stream:
                Write(stream);
                break;
            case DisplayOutput display:
                Add(OutputJson.Display(display.Bundle));
                if (display.DisplayId is { } id)
                    displays.Add(id, (JsonObject)cell.Outputs[^1]!, display.Bundle.Size);
                break;
            case ResultOutput result:
                Add(OutputJson.Result(result.Bundle, cell.ExecutionCount ?? 0));
                break;
            case ErrorOutput error:
                Add(OutputJson.Error(error));
                break;
        }
    }

    /// <summary>Brings the notebook up to date; until then text is only collected.</summary>
    /// <param name="executionCount">The count that the cell got; null when it did not come to that.</param>
    public void Flush(int? executionCount)
    {
        cell.ExecutionCount = executionCount;
        Flush();
    }

    /// <summary>Brings the notebook up to date with what came after the cell's end.</summary>
    public void Flush()
    {
        WriteText();
        if (_cutText is not null && _cutStream is not null)
        {
            var note = $"\n[Cut here: {_dropped:N0} more characters were written. "
                + $"A notebook keeps {LongestText:N0} a cell.]\n";
            _cutStream["text"] = MultilineText.Split(_cutText + note);
        }
        if (_left > 0)
        {
            if (_leftNote is null)
                cell.Outputs.Add((JsonNode)(_leftNote = OutputJson.Stream("stderr", "")));
            _leftNote["text"] = MultilineText.Split(
                $"[{_left:N0} more outputs are left out. A notebook keeps {LongestShown:N0} characters a cell.]\n");
        }
        foreach (var output in cell.Outputs.OfType<JsonObject>().Where(output => output.ContainsKey("execution_count")))
            output["execution_count"] = cell.ExecutionCount;
    }

    private static long Size(CellOutput output) => output switch
    {
        DisplayOutput display => EachShown + display.Bundle.Size,
        ResultOutput result => EachShown + result.Bundle.Size,
        ErrorOutput error => EachShown + error.Value.Length + error.Traceback.Sum(line => (long)line.Length),
        _ => 0,
    };

    private void Write(StreamOutput output)
    {
        if (_cutText is not null)
        {
            _dropped += output.Text.Length;
            return;
        }
        if (_stream is null || _stream["name"]!.GetValue<string>() != output.Name)
        {
            StoreText();
            _text = new TerminalText();
            _kept += EachStream;
            _stream = OutputJson.Stream(output.Name, "");
            cell.Outputs.Add((JsonNode)_stream);
        }
        var room = LongestText - _kept - _text!.Length;
        // Text without line ends can shrink again by carriage returns, so what counts is what is shown, chunk by chunk.
        for (var start = 0; start < output.Text.Length; start += 4096)
        {
            var chunk = output.Text.AsSpan(start, Math.Min(4096, output.Text.Length - start));
            if (room <= 0)
            {
                _dropped = output.Text.Length - start;
                (_cutText, _cutStream) = (_text, _stream);
                return;
            }
            _text.Write(chunk);
            room = LongestText - _kept - _text.Length;
        }
    }

    private void Add(JsonObject output)
    {
        StoreText();
        cell.Outputs.Add((JsonNode)output);
    }

    private void WriteText()
    {
        if (_stream is not null && _text is not null)
            _stream["text"] = MultilineText.Split(_text.ToString());
    }

    private void StoreText()
    {
        WriteText();
        _kept += _text?.Length ?? 0;
        (_stream, _text) = (null, null);
    }

    private void Clear()
    {
        StoreText();
        cell.Outputs.Clear();
        (_cutText, _cutStream, _kept, _dropped) = (null, null, 0, 0);
        (_shown, _left, _leftNote) = (0, 0, null);
    }
}

/// <summary>The displays of one run of a notebook by id; a later cell may replace what an earlier one showed.</summary>
internal sealed class DisplayRegistry
{
    private readonly Dictionary<string, (List<JsonObject> Outputs, long Size)> _displays = [];

    public void Add(string id, JsonObject output, long size)
    {
        var outputs = _displays.GetValueOrDefault(id, ([], 0)).Outputs;
        outputs.Add(output);
        _displays[id] = (outputs, size);
    }

    /// <summary>How much more its outputs take when they are replaced by another value.</summary>
    public long Growth(string id, MimeBundle bundle) =>
        _displays.TryGetValue(id, out var known) ? known.Outputs.Count * (bundle.Size - known.Size) : 0;

    /// <summary>Replaces the content of every output of that id, if there is any.</summary>
    public void Update(string id, MimeBundle bundle)
    {
        if (!_displays.TryGetValue(id, out var known))
            return;
        _displays[id] = (known.Outputs, bundle.Size);
        foreach (var output in known.Outputs)
        {
            output["data"] = OutputJson.Data(bundle);
            output["metadata"] = bundle.Metadata.DeepClone();
        }
    }
}
