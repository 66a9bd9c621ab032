using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gsr.Kernel.Sessions.Assistance;

/// <summary>
/// Puts finished cells together that mean the same as one: Roslyn asks every link of a chain of submissions for every name, so
/// that a long chain of small ones answers slowly.
/// </summary>
internal static class CellBlocks
{
    /// <summary>
    /// The cells in their order, in as few texts as this allows: a cell begins a new one if it has what only the beginning of a
    /// text may have, if it cannot be parsed, or if it declares a name anew.
    /// </summary>
    /// <param name="cells">Their code.</param>
    /// <param name="parsing">How scripts are read.</param>
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
            trivia.Kind() is SyntaxKind.LoadDirectiveTrivia or SyntaxKind.DefineDirectiveTrivia or SyntaxKind.UndefDirectiveTrivia));

    // The value that a cell ends with has no semicolon, which only the last of a text may lack.
    private static bool IsValue(CompilationUnitSyntax root) =>
        root.Members.LastOrDefault() is GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } };

    // Of what is nested, no name is visible to the next cell.
    private static IEnumerable<string> Declared(CompilationUnitSyntax root) =>
        root.DescendantNodes(node => node is not (BlockSyntax or ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax
                or BaseTypeDeclarationSyntax or ForStatementSyntax or CommonForEachStatementSyntax))
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
