using Gsr.Kernel.Documents;

namespace Gsr.Kernel.Tests.Running;

/// <summary>An executed notebook as tests look at it.</summary>
internal static class Executed
{
    public static Notebook Load(TemporaryFolder folder, string name = "x.ipynb") =>
        Notebook.Load(PathOf(folder, name));

    /// <summary>Where a run writes that is told no folder.</summary>
    public static string PathOf(TemporaryFolder folder, string name) =>
        Path.ChangeExtension(folder[name], ".executed.ipynb");

    /// <summary>The texts of a cell's outputs: of streams, plain text of results, and names of errors.</summary>
    public static string Text(Notebook notebook, int cell) =>
        string.Concat(notebook.Cells[cell].Outputs.Select(output =>
        MultilineText.Join(output!["text"]) ?? MultilineText.Join(output["data"]?["text/plain"])
        ?? $"{output["ename"]}: {output["evalue"]}"));
}
