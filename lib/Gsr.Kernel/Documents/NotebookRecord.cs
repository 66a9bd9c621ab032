using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Documents;

/// <summary>The outputs of one run of a notebook: those of each cell, also the ones that come when others run already.</summary>
internal sealed class NotebookRecord
{
    private readonly DisplayRegistry _displays = new();
    private readonly Dictionary<string, CellRecorder> _cells = [];

    /// <summary>A cell is executed under a name.</summary>
    public CellRecorder Begin(string name, NotebookCell cell) => _cells[name] = new CellRecorder(cell, _displays);

    /// <summary>Takes an output of a cell that has ended, from a task that it left behind.</summary>
    public void AddLate(string name, CellOutput output)
    {
        if (!_cells.TryGetValue(name, out var recorder))
            return;
        recorder.Record(output);
        recorder.Flush();
    }
}
