using System.Runtime.CompilerServices;
using Gsr.Kernel.Documents;
using Microsoft.DotNet.Interactive.Documents;
using DocumentKernel = Microsoft.DotNet.Interactive.Documents.KernelInfo;

namespace Gsr.Kernel.Tests.Documents;

/// <summary>
/// The readers of .ipynb and .dib beside those of Microsoft.DotNet.Interactive.Documents, on the corpus and on the
/// shapes of notebooks that people have.
/// </summary>
public class DocumentsTests
{
    private static readonly string Folder = Path.GetDirectoryName(ThisFile())!;

    public static TheoryData<string> Files => [.. new[] { "Shapes", "../Corpus" }
        .SelectMany(folder => Directory.GetFiles(Path.Combine(Folder, folder)))
        .Where(path => Path.GetExtension(path) is ".ipynb" or ".dib")
        .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Both_readers_see_the_same_cells(string file)
    {
        var path = Path.Combine(Folder, file);
        var theirs = (await InteractiveDocument.LoadAsync(new FileInfo(path), Languages())).Elements;
        Assert.Equal(
            theirs.Select(element => $"{element.KernelName}: {element.Contents}"),
            Notebook.Load(path).Cells.Select(cell => $"{Language(cell)}: {cell.Source}"));
    }

    // As they have it, where the two differ:
    // - A raw cell is code to them. nbformat has it that it is passed on as it is, so ours is right, and does not run it.
    // - A code cell whose first line names another language is of that language to them. The cell's metadata say C#, and
    //   that line, which both leave where it is, switches in both: the same runs, and ours changes no file.
    private static string Language(NotebookCell cell) => cell.Kind switch
    {
        CellKind.Markdown => "markdown",
        CellKind.Raw => NotebookCell.CSharp,
        _ when cell.Source.StartsWith("#!", StringComparison.Ordinal)
            && cell.Source[2..].Split('\n')[0].Trim() is var first && Languages().Any(l => l.Name == first) => first,
        _ => cell.KernelName,
    };

    private static KernelInfoCollection Languages() =>
    [
        new DocumentKernel("csharp", "C#", ["c#", "C#"]), new DocumentKernel("fsharp", "F#", ["f#", "F#"]),
        new DocumentKernel("html", "HTML"), new DocumentKernel("javascript", "JavaScript", ["js"]),
        new DocumentKernel("markdown", "Markdown", ["md"]), new DocumentKernel("mermaid", "Mermaid"),
    ];

    // In full: a build on another system knows nothing of drives.
    private static string ThisFile([CallerFilePath] string path = "") => Path.GetFullPath(path);
}
