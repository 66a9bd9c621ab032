namespace Gsr.Kernel.Sessions.Assistance;

/// <summary>What could stand where somebody is writing.</summary>
/// <param name="Start">Where the text begins that an entry replaces.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Entries">In the order in which they are offered.</param>
public sealed record Completions(int Start, int End, IReadOnlyList<CompletionEntry> Entries)
{
    /// <summary>Nothing is offered.</summary>
    /// <param name="position">Where it was asked for.</param>
    public static Completions None(int position) => new(position, position, []);
}

/// <summary>One thing that is offered.</summary>
/// <param name="Text">What to insert.</param>
/// <param name="Kind">What it is, in the words that front ends have icons for: "function", "property", "keyword".</param>
public sealed record CompletionEntry(string Text, string Kind);

/// <summary>What is known about a symbol.</summary>
/// <param name="Plain">As plain text.</param>
/// <param name="Markdown">As Markdown.</param>
public sealed record Inspection(string Plain, string Markdown);
