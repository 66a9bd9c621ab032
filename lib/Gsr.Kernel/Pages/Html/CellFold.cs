using System.Text.Json.Nodes;
using Gsr.Kernel.Documents;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gsr.Kernel.Pages.Html;

/// <summary>Which code a page folds, for it tells a reader nothing about the matter.</summary>
internal static class CellFold
{
    private static readonly string[] Tags = ["fold", "hide-input", "hide_input"];

    /// <summary>
    /// True for what its author folded (tag <c>fold</c> or <c>hide-input</c>, or Jupyter's own mark), for a cell of
    /// references and usings alone, and for one that ends by writing a file and shows no more than text.
    /// </summary>
    public static bool IsFolded(NotebookCell cell)
    {
        if (cell.Tags.Intersect(Tags).Any()
            || (cell.Metadata["jupyter"] as JsonObject)?["source_hidden"]?.ToString() == "true")
            return true;
        if (cell.KernelName != NotebookCell.CSharp || cell.Source.Contains("#!", StringComparison.Ordinal)
            || Nesting.IsTooDeep(cell.Source))
            return false;
        var root = CSharpHighlighter.Parse(cell.Source);
        return root.Members.Count == 0
            ? root.Usings.Count > 0 || root.DescendantTrivia().Any(trivia => trivia.IsDirective)
            : cell.Outputs.All(IsText) && root.Members[^1] is GlobalStatementSyntax
            {
                Statement: ExpressionStatementSyntax
                {
                    Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax call },
                },
            } && call.Name.Identifier.Text is ("Write" or "Save") && call.Expression.ToString() != "Console";
    }

    private static bool IsText(JsonNode? output) =>
        output?["data"] is not JsonObject data || data.All(entry => entry.Key == "text/plain");
}
