using System.Net;
using System.Text;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Sessions.Commands;
using Gsr.Kernel.Sessions.Execution;
using Gsr.Kernel.Sessions.Languages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gsr.Kernel.Pages.Html;

/// <summary>The source of a cell: its C# in colours, what is written in other languages as it stands.</summary>
internal static class SourceHtml
{
    private static readonly CommandSet Commands = new();

    public static string Of(string source, string language)
    {
        var html = new StringBuilder();
        var run = new StringBuilder();
        var isCSharp = IsCSharp(language);
        foreach (var line in source.Split('\n'))
        {
            if (CellParts.Word(line) is { Length: > 0 } word && !Commands.Contains(word))
            {
                Close();
                isCSharp = IsCSharp(word);
            }
            run.Append(line).Append('\n');
        }
        run.Length--; // the last line has no end
        Close();
        return html.ToString();

        void Close()
        {
            var text = run.ToString();
            html.Append(isCSharp ? CSharpHighlighter.ToHtml(text) : WebUtility.HtmlEncode(text));
            run.Clear();
        }
    }

    private static bool IsCSharp(string language) => language.ToLowerInvariant() is Submission.CSharp or "c#" or "lib";
}

/// <summary>Colours C# by its syntax alone, so that code that does not compile is coloured as well.</summary>
internal static class CSharpHighlighter
{
    private static readonly CSharpParseOptions Script =
        CSharpParseOptions.Default.WithKind(SourceCodeKind.Script).WithLanguageVersion(LanguageVersion.Preview);

    public static CompilationUnitSyntax Parse(string code) =>
        (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(code, Script).GetRoot();

    public static string ToHtml(string code)
    {
        var html = new StringBuilder();
        if (Nesting.IsTooDeep(code) || Parse(code) is var root && Nesting.IsTooDeep(root))
            return WebUtility.HtmlEncode(code);
        foreach (var token in root.DescendantTokens())
        {
            foreach (var trivia in token.LeadingTrivia)
                Append(html, trivia.ToFullString(), ClassOf(trivia));
            Append(html, token.Text, ClassOf(token));
            foreach (var trivia in token.TrailingTrivia)
                Append(html, trivia.ToFullString(), ClassOf(trivia));
        }
        return html.ToString();
    }

    private static void Append(StringBuilder html, string text, string? kind)
    {
        if (text.Length == 0)
            return;
        var escaped = WebUtility.HtmlEncode(text);
        html.Append(kind is null ? escaped : $"<span class=\"{kind}\">{escaped}</span>");
    }

    private static string? ClassOf(SyntaxTrivia trivia) =>
        trivia.IsDirective ? "dir"
        : trivia.Kind() is SyntaxKind.WhitespaceTrivia or SyntaxKind.EndOfLineTrivia or SyntaxKind.SkippedTokensTrivia
            ? null
        : "com";

    private static string? ClassOf(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.NumericLiteralToken => "num",
        SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken
            or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
            or SyntaxKind.Utf8StringLiteralToken
            or SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedStringEndToken
            or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.InterpolatedVerbatimStringStartToken
            or SyntaxKind.InterpolatedSingleLineRawStringStartToken
            or SyntaxKind.InterpolatedMultiLineRawStringStartToken
            or SyntaxKind.InterpolatedRawStringEndToken => "str",
        SyntaxKind.IdentifierToken => token.Parent switch
        {
            IdentifierNameSyntax { IsVar: true } => "key",
            BaseTypeDeclarationSyntax => "typ",
            MethodDeclarationSyntax or LocalFunctionStatementSyntax => "fun",
            SimpleNameSyntax name => ClassOf(name),
            _ => null,
        },
        var kind when SyntaxFacts.IsKeywordKind(kind) => "key",
        _ => null,
    };

    private static string? ClassOf(SimpleNameSyntax name) => name.Parent switch
    {
        InvocationExpressionSyntax => "fun",
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax invocation } member
            when member.Name == name && invocation.Expression == member => "fun",
        ObjectCreationExpressionSyntax or TypeArgumentListSyntax or BaseTypeSyntax => "typ",
        VariableDeclarationSyntax
            or ParameterSyntax or ArrayTypeSyntax or NullableTypeSyntax or CastExpressionSyntax => "typ",
        _ => null,
    };
}
