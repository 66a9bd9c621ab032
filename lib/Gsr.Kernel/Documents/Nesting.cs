using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gsr.Kernel.Documents;

/// <summary>How deep code is nested: Roslyn recurses into it, and a stack overflow ends the process.</summary>
internal static partial class Nesting
{
    /// <summary>Deeper than anybody writes or generates; the compiler's stack takes several times that.</summary>
    public const int Deepest = 250;

    /// <summary>Whether the brackets of a text, not parsed yet, are nested too deep to parse it.</summary>
    public static bool IsTooDeep(string code)
    {
        // Most code has not even so many brackets.
        if (code.Count(c => c is '(' or '[' or '{' or '<') <= Deepest)
            return false;
        if (HasDeepText(code))
            return true;
        var (depth, angles) = (0, 0);
        foreach (var token in SyntaxFactory.ParseTokens(code))
        {
            // Most angles compare, and have no other end than the statement's.
            (depth, angles) = token.Kind() switch
            {
                SyntaxKind.OpenParenToken or SyntaxKind.OpenBracketToken or SyntaxKind.OpenBraceToken =>
                    (depth + 1, angles),
                SyntaxKind.CloseParenToken or SyntaxKind.CloseBracketToken or SyntaxKind.CloseBraceToken =>
                    (Math.Max(0, depth - 1), angles),
                SyntaxKind.SemicolonToken => (depth, 0),
                SyntaxKind.LessThanToken => (depth, angles + 1),
                SyntaxKind.GreaterThanToken => (depth, Math.Max(0, angles - 1)),
                _ => (depth, angles),
            };
            if (depth + angles > Deepest)
                return true;
        }
        return false;
    }

    // Text in text ($"{$"{1}"}") overflows the stack of the scanner already. Each opens a brace; one that a comment
    // closes for the eye alone is not counted as closed where there are too many of them.
    private static bool HasDeepText(string code)
    {
        var texts = TextWithHoles().Count(code);
        if (texts <= Deepest)
            return false;
        var (depth, deepest) = (0, 0);
        foreach (var c in code.Where(c => c is '{' or '}'))
        {
            depth = c == '{' ? depth + 1 : Math.Max(0, depth - 1);
            deepest = Math.Max(deepest, depth);
        }
        return deepest > Deepest || texts > 8 * Deepest;
    }

    [GeneratedRegex(@"(?:\$+@?|@\$)""")]
    private static partial Regex TextWithHoles();

    /// <summary>The same of what was parsed, where signs and statements nest without a bracket.</summary>
    public static bool IsTooDeep(SyntaxNode root)
    {
        // The parser gave up for lack of stack, which a busy thread has less of, and left a tree without depth.
        if (root.GetDiagnostics().Any(diagnostic => diagnostic.Id == "CS8078"))
            return true;
        // A bracket takes several levels of the tree.
        const int deepest = 4 * Deepest;
        var left = new Stack<(SyntaxNode Node, int Depth)>([(root, 0)]);
        while (left.TryPop(out var next))
        {
            if (next.Depth > deepest)
                return true;
            foreach (var child in next.Node.ChildNodes())
            {
                // Long sums lean to one side, which the compiler follows without recursion.
                var leans = child is BinaryExpressionSyntax
                    && next.Node is BinaryExpressionSyntax { Left: var side } && side == child;
                left.Push((child, next.Depth + (leans ? 0 : 1)));
            }
        }
        return false;
    }
}
