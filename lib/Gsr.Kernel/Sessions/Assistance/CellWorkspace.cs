using Gsr.Kernel.Sessions.Execution;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Gsr.Kernel.Sessions.Assistance;

/// <summary>
/// The finished cells as Roslyn's editor features see them: a chain of submissions, each a project that refers to the
/// one before. References and imports are inherited along it, so that its first link alone, which is empty, brings
/// them. What has become long is put together (<see cref="CellBlocks"/>): an answer takes as long as the chain.
/// </summary>
internal sealed class CellWorkspace : IDisposable
{
    private static readonly CSharpParseOptions Parsing =
        new(LanguageVersion.Latest, DocumentationMode.Parse, SourceCodeKind.Script);

    private readonly AdhocWorkspace _workspace = new(EditorServices.Host);
    private readonly CSharpCompilationOptions _options;
    private readonly List<(string Code, IEnumerable<MetadataReference> References)> _single = [];
    private readonly int _mostSingle;
    private (Solution Solution, ProjectId? Last) _blocks;
    private Solution _solution;
    private ProjectId? _last;
    private int _count;

    /// <summary>An empty chain; so many cells as <paramref name="mostSingle"/> are put together.</summary>
    public CellWorkspace(
        IEnumerable<MetadataReference> references, IEnumerable<string> imports, SourceReferenceResolver scripts,
        int mostSingle = 30)
    {
        _mostSingle = mostSingle;
        _options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, concurrentBuild: false,
            sourceReferenceResolver: scripts);
        (_solution, _last, _) = Continue("", references, _options.WithUsings(imports));
        _blocks = (_solution, _last);
    }

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
        foreach (var block in CellBlocks.Merge(_single.Select(cell => cell.Code), Parsing))
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
            parseOptions: Parsing,
            documents: [DocumentInfo.Create(
                document, name, sourceCodeKind: SourceCodeKind.Script, loader: TextLoader.From(text))],
            projectReferences: _last is null ? [] : [new ProjectReference(_last)],
            metadataReferences: references,
            isSubmission: true));
        return (solution, project, document);
    }
}

/// <summary>Puts finished cells together, since Roslyn asks every submission of a chain for every name.</summary>
internal static class CellBlocks
{
    /// <summary>The cells in as few texts as possible; a redeclared name or a directive begins another one.</summary>
    public static IReadOnlyList<string> Merge(IEnumerable<string> cells, CSharpParseOptions parsing)
    {
        var blocks = new List<List<string>>();
        var names = new HashSet<string>();
        var isOpen = false;
        foreach (var code in cells)
        {
            var root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(code, parsing).GetRoot();
            var isWhole = !root.ContainsDiagnostics;
            var declared = Declared(root).ToArray();
            if (!isOpen || !isWhole || NeedsBeginning(root) || declared.Any(names.Contains))
            {
                blocks.Add([]);
                names.Clear();
            }
            names.UnionWith(declared);
            isOpen = isWhole;
            blocks[^1].Add(IsValue(root) ? code + "\n;" : code);
        }
        return [.. blocks.Select(block => string.Join('\n', block))];
    }

    private static bool NeedsBeginning(CompilationUnitSyntax root) =>
        root.Usings.Count > 0 || root.Externs.Count > 0 || root.AttributeLists.Count > 0
        || (root.ContainsDirectives && root.DescendantTrivia().Any(trivia =>
            trivia.Kind() is SyntaxKind.LoadDirectiveTrivia
                or SyntaxKind.DefineDirectiveTrivia or SyntaxKind.UndefDirectiveTrivia));

    // The value that a cell ends with has no semicolon, which only the last of a text may lack.
    private static bool IsValue(CompilationUnitSyntax root) =>
        root.Members.LastOrDefault() is GlobalStatementSyntax { Statement: ExpressionStatementSyntax statement }
        && statement.SemicolonToken.IsMissing;

    // Of what is nested, no name is visible to the next cell.
    private static IEnumerable<string> Declared(CompilationUnitSyntax root) =>
        root.DescendantNodes(node => node is not (BlockSyntax or ArrowExpressionClauseSyntax
                or AnonymousFunctionExpressionSyntax or BaseTypeDeclarationSyntax or ForStatementSyntax
                or CommonForEachStatementSyntax))
            .Select(node => node switch
            {
                BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
                DelegateDeclarationSyntax type => type.Identifier.ValueText,
                MethodDeclarationSyntax method => method.Identifier.ValueText,
                LocalFunctionStatementSyntax method => method.Identifier.ValueText,
                PropertyDeclarationSyntax property => property.Identifier.ValueText,
                EventDeclarationSyntax @event => @event.Identifier.ValueText,
                VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
                SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
                LabeledStatementSyntax label => label.Identifier.ValueText,
                _ => "",
            })
            .Where(name => name.Length > 0);
}
