using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Tests.Jupyter;
using Gsr.Kernel.Tests.Running;
using Gsr.Kernel.Tests.Sessions.Packages;

namespace Gsr.Kernel.Tests.Corpus;

/// <summary>
/// The notebooks of this folder hold cells of every kind with the outputs that they must have. The headless runner and
/// a kernel behind the protocol must both give exactly those.
/// </summary>
/// <remarks>
/// After a change that is meant, write the new outputs by <c>gsr run *.ipynb --in-place --allow-errors</c> in this
/// folder and read the difference.
/// </remarks>
public sealed partial class CorpusTests
{
    private const int Fewest = 60;

    private static readonly string Folder = Path.GetDirectoryName(ThisFile())!;

    public static TheoryData<string> Notebooks =>
        [.. Directory.GetFiles(Folder, "*.ipynb")
            .Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Is_large() =>
        Assert.InRange(
            Notebooks.Sum(row => Code(Notebook.Load(Path.Combine(Folder, row.Data))).Length), Fewest, int.MaxValue);

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Runner_gives_the_outputs(string name)
    {
        using var folder = new TemporaryFolder();
        var (_, log) =
            GsrProcess.Run(folder, "run", Path.Combine(Folder, name), "--out", folder.Path, "--allow-errors");
        Assert.True(File.Exists(folder[name]), log);
        Same(name, Code(Notebook.Load(folder[name])));
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Kernel_gives_the_outputs_over_sockets(string name)
    {
        using var kernel = new JupyterClient(folder: Folder);
        KernelGivesTheOutputs(kernel, name);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Kernel_gives_the_outputs_over_the_pipe(string name)
    {
        using var kernel = new PipeClient(folder: Folder);
        KernelGivesTheOutputs(kernel, name);
    }

    private static void KernelGivesTheOutputs(KernelClient kernel, string name)
    {
        var notebook = Notebook.Load(Path.Combine(Folder, name));
        // The front end's part: to keep what is published as a notebook does.
        var displays = new DisplayRegistry();
        var cells = Code(notebook);
        Array.ForEach(cells, cell => cell.Reset());
        var recorders = new Dictionary<string, (CellRecorder Recorder, int? Count)>();
        foreach (var cell in cells)
        {
            var id = kernel.SendExecute(
                cell.Source, new JsonObject { ["allow_stdin"] = false, ["stop_on_error"] = false });
            var recorder = new CellRecorder(cell, displays);
            recorders[id] = (recorder, null);
            foreach (var (parent, type, content) in kernel.OutputsOfAll(id))
            {
                if (recorders.TryGetValue(parent, out var its) && Output(type, content) is { } output)
                    its.Recorder.Record(output);
            }
            recorders[id] = (recorder, (int?)kernel.Answer(id, onControl: false)["execution_count"]);
        }
        foreach (var (recorder, count) in recorders.Values)
            recorder.Flush(count);
        Same(name, cells);
    }

    private static void Same(string name, NotebookCell[] actual)
    {
        var expected = Code(Notebook.Load(Path.Combine(Folder, name)));
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Source, actual[i].Source);
            Assert.Equal(i + 1, actual[i].ExecutionCount);
            if (!Libtorch.IsHere && expected[i].Source.Contains("TorchNatives", StringComparison.Ordinal)) continue;
            var (wanted, given) = (Written(expected[i]), Written(actual[i]));
            Assert.True(
                wanted == given,
                $"{name}, cell {i + 1}:\n{expected[i].Source}\n--- expected\n{wanted}\n--- actual\n{given}");
        }
    }

    private static NotebookCell[] Code(Notebook notebook) =>
        [.. notebook.Cells.Where(cell => cell.Kind == CellKind.Code)];

    // Times, and how many calls fit on a stack, differ from run to run.
    private static string Written(NotebookCell cell) =>
        Varying().Replace(cell.Outputs.ToJsonString(new() { WriteIndented = true }), "(varies)");

    private static CellOutput? Output(string type, JsonObject content) => type switch
    {
        "stream" => new StreamOutput((string)content["name"]!, (string)content["text"]!),
        "execute_result" => new ResultOutput(Bundle(content)),
        "display_data" or "update_display_data" =>
            new DisplayOutput(Bundle(content), (string?)content["transient"]?["display_id"],
                Update: type.StartsWith("update", StringComparison.Ordinal)),
        "clear_output" => new ClearOutput((bool)content["wait"]!),
        "error" => new ErrorOutput((string)content["ename"]!,
            (string)content["evalue"]!, [.. content["traceback"]!.AsArray().Select(line => (string)line!)]),
        _ => null,
    };

    private static MimeBundle Bundle(JsonObject content)
    {
        var bundle = new MimeBundle();
        foreach (var (type, value) in content["data"]!.AsObject())
            bundle.Add(type, value!.DeepClone());
        foreach (var (key, value) in content["metadata"]!.AsObject())
            bundle.Metadata[key] = value?.DeepClone();
        return bundle;
    }

    [GeneratedRegex(@"Wall time: [\d.,]+ ?\w+|\\u2026 \d+ frames|… \d+ frames")]
    private static partial Regex Varying();

    // In full: a build on another system knows nothing of drives.
    private static string ThisFile([CallerFilePath] string path = "") => Path.GetFullPath(path);
}
