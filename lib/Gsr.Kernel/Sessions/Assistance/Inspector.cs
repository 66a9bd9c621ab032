using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.QuickInfo;
using Microsoft.CodeAnalysis.Tags;

namespace Gsr.Kernel.Sessions.Assistance;

/// <summary>Tells what Roslyn knows of the symbol at a position.</summary>
internal static partial class Inspector
{
    private const int FewOverloads = 12;

    /// <summary>The symbol at the cursor, else the call around it; methods come with their overloads.</summary>
    public static async Task<Inspection?> InspectAsync(
        Document document, int position, bool detailed, CancellationToken cancellationToken)
    {
        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var service = QuickInfoService.GetService(document)!;
        var info = await service.GetQuickInfoAsync(document, position, cancellationToken).ConfigureAwait(false);
        // Who writes a literal as an argument does not ask what a string is.
        if ((info is null || root.FindToken(info.Span.Start).Parent is LiteralExpressionSyntax)
            && EnclosingCall.NamePosition(root, position) is { } name)
            info = await service.GetQuickInfoAsync(document, name, cancellationToken).ConfigureAwait(false) ?? info;
        if (info is null)
            return null;
        var model = (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!;
        var overloads = Overloads(model, root.FindToken(info.Span.Start).Parent);
        var parts = info.Sections.Where(section => !string.IsNullOrWhiteSpace(section.Text))
            .Select(section => (Text: section.Text.Trim(), IsCode: section.Kind == QuickInfoSectionKinds.Description))
            .ToList();
        if (overloads.Count > 1)
        {
            var shown = overloads.Take(detailed ? int.MaxValue : FewOverloads).ToArray();
            parts.Add((shown.Length == overloads.Count
                ? "Overloads:" : $"{shown.Length} of {overloads.Count} overloads:", IsCode: false));
            parts.Add((string.Join('\n', shown.SelectMany(Describe)), IsCode: true));
        }
        return new(
            string.Join("\n\n", parts.Select(part => part.Text)),
            string.Join("\n\n", parts.Select(part => part.IsCode
                ? $"```csharp\n{part.Text}\n```" : Special().Replace(part.Text, @"\$0"))));

        IEnumerable<string> Describe(IMethodSymbol overload) =>
        [
            overload.ToMinimalDisplayString(model, info.Span.Start),
            .. Documentation.Of(overload, detailed, cancellationToken).Select(line => "    // " + line),
        ];
    }

    public static List<IMethodSymbol> Overloads(SemanticModel model, SyntaxNode? node)
    {
        // The name of a type stands for its constructors where one of them is called.
        if (node?.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is { } creation
            && (node == creation
                || creation is ObjectCreationExpressionSyntax { Type: var type } && type.Span.End == node.Span.End))
            node = creation;
        return node is null ? [] : [.. model.GetMemberGroup(node).OfType<IMethodSymbol>()];
    }

    [GeneratedRegex(@"[\\`*_<>\[\]#|~]")]
    private static partial Regex Special();
}

/// <summary>Finds the call whose arguments are being written.</summary>
internal static class EnclosingCall
{
    /// <summary>Where the name stands of what is called; null outside of argument lists.</summary>
    public static int? NamePosition(SyntaxNode root, int position) => ArgumentsAt(root, position)?.Parent switch
    {
        InvocationExpressionSyntax call => Name(call.Expression).SpanStart,
        ObjectCreationExpressionSyntax creation => Name(creation.Type).SpanStart,
        var other => other?.SpanStart, // the keywords new, this and base
    };

    /// <summary>The list of arguments in which a position is; null outside of all.</summary>
    public static ArgumentListSyntax? ArgumentsAt(SyntaxNode root, int position)
    {
        var token = root.FindToken(position);
        while (token.SpanStart >= position && token.RawKind != 0)
            token = token.GetPreviousToken();
        return token.Parent?.AncestorsAndSelf().OfType<ArgumentListSyntax>().FirstOrDefault(list =>
            list.OpenParenToken.Span.End <= position
            && (list.CloseParenToken.IsMissing || position <= list.CloseParenToken.SpanStart));
    }

    private static SyntaxNode Name(SyntaxNode called) => called switch
    {
        MemberAccessExpressionSyntax member => member.Name,
        MemberBindingExpressionSyntax member => member.Name,
        QualifiedNameSyntax qualified => qualified.Right,
        _ => called,
    };
}

/// <summary>Asks Roslyn what could stand at a position.</summary>
internal static class Completer
{
    // More than the names in scope of an ordinary notebook: front ends narrow down the list that they have.
    private const int Most = 2000;

    /// <summary>The entries that continue what is typed already; failing those, the ones that contain it.</summary>
    public static async Task<Completions> CompleteAsync(
        Document document, int position, CancellationToken cancellationToken)
    {
        var service = CompletionService.GetService(document)!;
        var list = await service.GetCompletionsAsync(document, position, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        // Entries that change more than the word at the cursor (overrides, conversions) cannot be said in a reply.
        var plain = list.ItemsList.Where(item => !item.IsComplexTextEdit).ToArray();
        if (plain.Length == 0)
            return Completions.None(position);
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var typed = text.ToString(new(list.Span.Start, position - list.Span.Start));
        var matching = plain.Where(item => item.FilterText.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .ToArray();
        if (matching.Length == 0)
            matching = [.. plain.Where(item => item.FilterText.Contains(typed, StringComparison.OrdinalIgnoreCase))];
        return new(
            list.Span.Start, list.Span.End, [.. matching.Select(Entry).DistinctBy(entry => entry.Text).Take(Most)]);
    }

    private static CompletionEntry Entry(CompletionItem item)
    {
        var text = item.Properties.GetValueOrDefault("InsertionText", item.DisplayText);
        // The colon of a named argument is inserted too, the brackets of a generic name are not.
        return new(item.DisplayTextSuffix == ":" ? text + ":" : text, Kind(item.Tags.FirstOrDefault()));
    }

    private static string Kind(string? tag) => tag switch
    {
        WellKnownTags.Method or WellKnownTags.ExtensionMethod => "function",
        WellKnownTags.Local or WellKnownTags.Parameter or WellKnownTags.RangeVariable => "variable",
        WellKnownTags.Namespace => "module",
        WellKnownTags.Structure => "struct",
        null => "text",
        _ => tag.ToLowerInvariant(),
    };
}
