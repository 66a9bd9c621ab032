using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gsr.Kernel.Sessions.Execution;

/// <summary>The kinds of directives that the session follows itself.</summary>
internal enum DirectiveKind
{
    /// <summary><c>#r</c>: an assembly or a package.</summary>
    Reference,

    /// <summary><c>#i</c>: a package source.</summary>
    Source,

    /// <summary><c>#load</c>: another script.</summary>
    Load,
}

/// <summary>One directive of a cell.</summary>
/// <param name="Kind">What it asks for.</param>
/// <param name="Argument">The text between the quotes.</param>
/// <param name="Line">Its line, from 1.</param>
internal sealed record CellDirective(DirectiveKind Kind, string Argument, int Line);

/// <summary>Takes the directives out of a cell, without moving any of its lines.</summary>
internal static class CellDirectives
{
    private static readonly CSharpParseOptions s_script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    /// <summary>
    /// The directives in their order, and the code with blanks in place of those that the compiler shall not see
    /// (all but <c>#load</c>): the compiler would load a second copy of an assembly, and knows no packages.
    /// </summary>
    public static (IReadOnlyList<CellDirective> Directives, string Code) Extract(string code)
    {
        if (!code.Contains('#'))
            return ([], code);
        var directives = new List<CellDirective>();
        var text = code.ToCharArray();
        // The compiler's own parser, so that a "#r" inside a string, a comment or an inactive region is none.
        var root = CSharpSyntaxTree.ParseText(code, s_script).GetRoot();
        foreach (var trivia in root.DescendantTrivia().Where(t => t.IsDirective))
        {
            if (Kind(trivia) is not { } kind)
                continue;
            var line = trivia.SyntaxTree!.GetLineSpan(trivia.Span).StartLinePosition.Line + 1;
            if (Argument(code.AsSpan(trivia.SpanStart, trivia.Span.Length)) is not { } argument)
                continue; // the compiler's message about it is better than ours
            directives.Add(new(kind, argument, line));
            if (kind == DirectiveKind.Load)
                continue;
            for (var i = trivia.SpanStart; i < trivia.Span.End; i++)
            {
                if (text[i] is not ('\r' or '\n'))
                    text[i] = ' ';
            }
        }
        return (directives, new string(text));
    }

    private static DirectiveKind? Kind(SyntaxTrivia trivia) => trivia.GetStructure() switch
    {
        ReferenceDirectiveTriviaSyntax => DirectiveKind.Reference,
        LoadDirectiveTriviaSyntax => DirectiveKind.Load,
        BadDirectiveTriviaSyntax { Identifier.Text: "i" } => DirectiveKind.Source,
        _ => null,
    };

    private static string? Argument(ReadOnlySpan<char> directive)
    {
        var start = directive.IndexOf('"');
        if (start < 0)
            return null;
        var rest = directive[(start + 1)..];
        var end = rest.IndexOf('"');
        return end < 0 ? null : rest[..end].ToString();
    }
}
