using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.Tags;

namespace Gsr.Kernel.Sessions.Assistance;

/// <summary>Asks Roslyn what could stand at a position.</summary>
internal static class Completer
{
    // More than the names in scope of an ordinary notebook: front ends narrow down the list that they have.
    private const int Most = 2000;

    /// <summary>The entries that continue what is typed already; failing those, the ones that contain it.</summary>
    public static async Task<Completions> CompleteAsync(Document document, int position, CancellationToken cancellationToken)
    {
        var service = CompletionService.GetService(document)!;
        var list = await service.GetCompletionsAsync(document, position, cancellationToken: cancellationToken).ConfigureAwait(false);
        // Entries that change more than the word at the cursor (overrides, conversions) cannot be said in a reply.
        var plain = list.ItemsList.Where(item => !item.IsComplexTextEdit).ToArray();
        if (plain.Length == 0)
            return Completions.None(position);
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var typed = text.ToString(new(list.Span.Start, position - list.Span.Start));
        var matching = plain.Where(item => item.FilterText.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (matching.Length == 0)
            matching = [.. plain.Where(item => item.FilterText.Contains(typed, StringComparison.OrdinalIgnoreCase))];
        return new(list.Span.Start, list.Span.End, [.. matching.Select(Entry).DistinctBy(entry => entry.Text).Take(Most)]);
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
