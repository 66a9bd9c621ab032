using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gsr.Kernel.Sessions.Assistance;

/// <summary>Finds the call whose arguments are being written.</summary>
internal static class EnclosingCall
{
    /// <summary>Where the name stands of what is called; null outside of argument lists.</summary>
    public static int? NamePosition(SyntaxNode root, int position)
    {
        var token = root.FindToken(position);
        while (token.SpanStart >= position && token.RawKind != 0)
            token = token.GetPreviousToken();
        var list = token.Parent?.AncestorsAndSelf().OfType<ArgumentListSyntax>().FirstOrDefault(list =>
            list.OpenParenToken.Span.End <= position
            && (list.CloseParenToken.IsMissing || position <= list.CloseParenToken.SpanStart));
        return list?.Parent switch
        {
            InvocationExpressionSyntax call => Name(call.Expression).SpanStart,
            ObjectCreationExpressionSyntax creation => Name(creation.Type).SpanStart,
            var other => other?.SpanStart, // the keywords new, this and base
        };
    }

    private static SyntaxNode Name(SyntaxNode called) => called switch
    {
        MemberAccessExpressionSyntax member => member.Name,
        MemberBindingExpressionSyntax member => member.Name,
        QualifiedNameSyntax qualified => qualified.Right,
        _ => called,
    };
}
