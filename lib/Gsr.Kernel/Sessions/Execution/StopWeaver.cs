using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gsr.Kernel.Sessions.Execution;

/// <summary>
/// Finds where <see cref="Breakpoints"/> go into a cell: before each statement, with the variables that have a value
/// there. As with polls, no line moves.
/// </summary>
internal static class StopWeaver
{
    private const string Class = "global::Gsr.Kernel.Sessions.Execution.Breakpoints";

    public static IEnumerable<(int Position, string Text)> Find(SyntaxTree tree, SemanticModel model, int cell)
    {
        // Where no exception may leave, nobody can interrupt a stop.
        var nodes = tree.GetRoot().DescendantNodes(node => node is not (DestructorDeclarationSyntax
            or ConstructorDeclarationSyntax { Modifiers: [.., { RawKind: (int)SyntaxKind.StaticKeyword }] }));
        foreach (var node in nodes.Where(IsStep))
        {
            var line = tree.GetLineSpan(node.Span).StartLinePosition.Line + 1;
            var stop = $"if({Class}.IsAt({cell},{line})){Class}.Stop({cell},{line}{Variables(node, model)});";
            var isInList = node.Parent is CompilationUnitSyntax or BlockSyntax or SwitchSectionSyntax
                or GlobalStatementSyntax or LabeledStatementSyntax { Parent: not LabeledStatementSyntax };
            yield return (node.SpanStart, isInList ? stop : "{" + stop);
            if (!isInList)
                yield return (node.Span.End, "}");
        }
    }

    // In a script the variables at the top are fields.
    private static bool IsStep(SyntaxNode node) => node switch
    {
        BlockSyntax or LocalFunctionStatementSyntax or LabeledStatementSyntax or EmptyStatementSyntax => false,
        FieldDeclarationSyntax field => field.Parent is CompilationUnitSyntax && field.Modifiers.Count == 0,
        _ => node is StatementSyntax,
    };

    private static string Variables(SyntaxNode node, SemanticModel model)
    {
        var (at, within) = (node.SpanStart, model.GetEnclosingSymbol(node.SpanStart));
        var assigned = node is StatementSyntax { Parent: not GlobalStatementSyntax } statement
            && model.AnalyzeDataFlow(statement) is { Succeeded: true } flow ? flow.DefinitelyAssignedOnEntry : [];
        var isTop = within is { IsStatic: false, ContainingType.IsScriptClass: true };
        var names = model.LookupSymbols(at).Where(symbol => symbol switch
        {
            ILocalSymbol { Type: var type } => IsValue(type) && assigned.Contains(symbol),
            IParameterSymbol { Type: var type } parameter => IsValue(type) && assigned.Contains(symbol)
                && (parameter.RefKind == RefKind.None
                    || SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, within)),
            IFieldSymbol { Type: var type, ContainingType.IsScriptClass: true } => IsValue(type) && isTop
                && symbol.DeclaringSyntaxReferences is [{ } declared]
                && declared.SyntaxTree == node.SyntaxTree && declared.Span.End <= at,
            _ => false,
        }).Select(symbol => symbol.Name).Distinct();
        return string.Concat(names.Select(name => $",(\"{name}\",@{name})"));
    }

    private static bool IsValue(ITypeSymbol type) => !type.IsRefLikeType
        && type.TypeKind is not (TypeKind.Pointer or TypeKind.FunctionPointer or TypeKind.Error);
}
