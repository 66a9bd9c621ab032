using Gsr.Kernel.Documents;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Running;

/// <summary>What an earlier run of a notebook left.</summary>
internal static class EarlierRun
{
    /// <summary>
    /// Takes over its outputs when the file holds the same code, parameters put in, and all of it was executed in order
    /// and without an error. The prose is that of today. What the code refers to is not looked at.
    /// </summary>
    /// <returns>False when the notebook must be run.</returns>
    public static bool TakeOver(NotebookJob job)
    {
        Notebook earlier;
        try
        {
            earlier = Notebook.Load(job.OutputPath);
        }
        catch (NotebookFormatException)
        {
            return false;
        }
        var (then, now) = (Code(earlier), Code(job.Notebook));
        if (!then.Select(Identity).SequenceEqual(now.Select(Identity))
            || !then.Select(cell => cell.ExecutionCount).SequenceEqual(Enumerable.Range(1, then.Count).Cast<int?>())
            || then.Any(cell => !cell.MayFail
                && cell.Outputs.Any(output => (string?)output!["output_type"] == "error")))
            return false;
        foreach (var (old, cell) in then.Zip(now))
            cell.TakeOutputs(old);
        if (job.Notebook.ToString() != earlier.ToString())
            job.Notebook.Save(job.OutputPath);
        return true;

        static (string, string) Identity(NotebookCell cell) => (cell.Source, cell.KernelName);
    }

    private static List<NotebookCell> Code(Notebook notebook) => [.. notebook.Cells.Where(CellSource.HasCode)];
}
