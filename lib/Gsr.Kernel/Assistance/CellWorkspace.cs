using Gsr.Kernel.Execution;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;

namespace Gsr.Kernel.Assistance;

/// <summary>
/// The finished cells as Roslyn's editor features see them: a chain of submissions, each a project that refers to the one
/// before. References and imports are inherited along it, so that its first link alone, which is empty, brings them.
/// </summary>
internal sealed class CellWorkspace : IDisposable
{
    private static readonly CSharpParseOptions s_parsing = new(LanguageVersion.Latest, DocumentationMode.Parse, SourceCodeKind.Script);

    private readonly AdhocWorkspace _workspace = new(MefHostServices.DefaultHost);
    private readonly CSharpCompilationOptions _options;
    private Solution _solution;
    private ProjectId? _last;
    private int _count;

    public CellWorkspace(IEnumerable<MetadataReference> references, IEnumerable<string> imports, SourceReferenceResolver scripts)
    {
        _options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, concurrentBuild: false, sourceReferenceResolver: scripts);
        (_solution, _last, _) = Continue("", references, _options.WithUsings(imports));
    }

    /// <summary>Appends a finished cell.</summary>
    public void Add(string code, IEnumerable<MetadataReference> references) =>
        (_solution, _last, _) = Continue(CellDirectives.Extract(code).Code, references, _options);

    /// <summary>The code of a cell that is being written, on top of the finished ones; it is not kept.</summary>
    public async Task<Document> OpenAsync(string code, CancellationToken cancellationToken)
    {
        // Compiled here, and not first in what is thrown away after the answer.
        await _solution.GetProject(_last)!.GetCompilationAsync(cancellationToken).ConfigureAwait(false);
        var (solution, _, document) = Continue(code, [], _options);
        return solution.GetDocument(document)!;
    }

    /// <inheritdoc/>
    public void Dispose() => _workspace.Dispose();

    private (Solution Solution, ProjectId Project, DocumentId Document) Continue(
        string code, IEnumerable<MetadataReference> references, CSharpCompilationOptions options)
    {
        var project = ProjectId.CreateNewId();
        var document = DocumentId.CreateNewId(project);
        // No name that a cell could declare.
        var name = $"Submission#{_count++}";
        var text = TextAndVersion.Create(SourceText.From(code), VersionStamp.Default);
        var solution = (_solution ?? _workspace.CurrentSolution).AddProject(ProjectInfo.Create(
            project, VersionStamp.Default, name, name, LanguageNames.CSharp,
            compilationOptions: options.WithScriptClassName(name),
            parseOptions: s_parsing,
            documents: [DocumentInfo.Create(document, name, sourceCodeKind: SourceCodeKind.Script, loader: TextLoader.From(text))],
            projectReferences: _last is null ? [] : [new ProjectReference(_last)],
            metadataReferences: references,
            isSubmission: true));
        return (solution, project, document);
    }
}
