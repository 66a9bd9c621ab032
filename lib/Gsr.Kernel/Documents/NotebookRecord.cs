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

    /// <summary>How many characters the values that a cell shows may have before further ones are left out.</summary>
    public const int LongestShown = 5 * MimeBundle.Longest;

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
        if (output is DisplayOutput { Update: true, DisplayId: { } known } update)
        {
            displays.Update(known, update.Bundle);
            return;
        }
        if (output is StreamOutput { Text: "" })
            return;
        if (_clearPending)
        {
            _clearPending = false;
            Clear();
        }
        if (((output as DisplayOutput)?.Bundle ?? (output as ResultOutput)?.Bundle) is { } bundle)
        {
            _shown += bundle.Size;
            if (_shown > LongestShown)
            {
                _left++;
                return;
            }
        }
        switch (output)
        {
            case StreamOutput stream:
                Write(stream);
                break;
            case DisplayOutput display:
                Add(OutputJson.Display(display.Bundle), display.DisplayId);
                break;
            case ResultOutput result:
                Add(OutputJson.Result(result.Bundle, cell.ExecutionCount ?? 0), null);
                break;
            case ErrorOutput error:
                Add(OutputJson.Error(error), null);
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

    private void Add(JsonObject output, string? displayId)
    {
        StoreText();
        cell.Outputs.Add((JsonNode)output);
        if (displayId is not null)
            displays.Add(displayId, output);
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
    private readonly Dictionary<string, List<JsonObject>> _outputs = [];

    public void Add(string id, JsonObject output)
    {
        if (!_outputs.TryGetValue(id, out var known))
            _outputs[id] = known = [];
        known.Add(output);
    }

    /// <summary>Replaces the content of every output of that id, if there is any.</summary>
    public void Update(string id, MimeBundle bundle)
    {
        foreach (var output in _outputs.GetValueOrDefault(id, []))
        {
            output["data"] = OutputJson.Data(bundle);
            output["metadata"] = bundle.Metadata.DeepClone();
        }
    }
}
