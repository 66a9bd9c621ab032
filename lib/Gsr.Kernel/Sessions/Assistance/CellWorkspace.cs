using Gsr.Kernel.Sessions.Execution;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;

namespace Gsr.Kernel.Sessions.Assistance;

/// <summary>
/// The finished cells as Roslyn's editor features see them: a chain of submissions, each a project that refers to the one
/// before. References and imports are inherited along it, so that its first link alone, which is empty, brings them. What has
/// become long is put together (<see cref="CellBlocks"/>): an answer takes as long as the chain.
/// </summary>
internal sealed class CellWorkspace : IDisposable
{
    private static readonly CSharpParseOptions s_parsing = new(LanguageVersion.Latest, DocumentationMode.Parse, SourceCodeKind.Script);

    private readonly AdhocWorkspace _workspace = new(MefHostServices.DefaultHost);
    private readonly CSharpCompilationOptions _options;
    private readonly List<(string Code, IEnumerable<MetadataReference> References)> _single = [];
    private readonly int _mostSingle;
    private (Solution Solution, ProjectId? Last) _blocks;
    private Solution _solution;
    private ProjectId? _last;
    private int _count;

    /// <param name="references">What the first cell is compiled against.</param>
    /// <param name="imports">What every cell may use without a <c>using</c>.</param>
    /// <param name="scripts">Finds the files that cells <c>#load</c>.</param>
    /// <param name="mostSingle">So many cells are put together.</param>
    public CellWorkspace(
        IEnumerable<MetadataReference> references, IEnumerable<string> imports, SourceReferenceResolver scripts, int mostSingle = 30)
    {
        _mostSingle = mostSingle;
        _options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, concurrentBuild: false, sourceReferenceResolver: scripts);
        (_solution, _last, _) = Continue("", references, _options.WithUsings(imports));
        _blocks = (_solution, _last);
    }

    /// <summary>Appends a finished cell.</summary>
    public void Add(string code, IEnumerable<MetadataReference> references)
    {
        _single.Add((CellDirectives.Extract(code).Code, references));
        if (_single.Count < _mostSingle)
        {
            (_solution, _last, _) = Continue(_single[^1].Code, references, _options);
            return;
        }
        (_solution, _last) = _blocks;
        (_solution, _last, _) = Continue("", [.. _single.SelectMany(cell => cell.References)], _options);
        foreach (var block in CellBlocks.Merge(_single.Select(cell => cell.Code), s_parsing))
            (_solution, _last, _) = Continue(block, [], _options);
        _blocks = (_solution, _last);
        _single.Clear();
    }

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
