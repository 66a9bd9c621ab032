using System.Collections;

namespace Gsr.Kernel.Display;

/// <summary>The ends of a sequence. What has a length is read at both; what has none is read only up to the limit.</summary>
internal sealed record Window(IReadOnlyList<object?> Head, IReadOnlyList<object?> Tail, long? Count)
{
    internal bool Cut => Tail.Count > 0 || Count is null || Count > Head.Count;

    internal static Window Over(IEnumerable sequence, int edge)
    {
        if (sequence is IList list && (sequence is not Array array || array.Rank == 1))
        {
            var whole = list.Count <= 2 * edge;
            return new([.. Range(0, whole ? list.Count : edge).Select(at => list[at])],
                [.. Range(whole ? list.Count : list.Count - edge, list.Count).Select(at => list[at])], list.Count);
        }
        var head = new List<object?>();
        foreach (var item in Guarded.Items(sequence))
        {
            if (head.Count == 2 * edge)
                return new(head, [], sequence is ICollection { Count: var count } ? count : null);
            head.Add(item);
        }
        return new(head, [], head.Count);
    }

    /// <summary>What was left out, in words; null when nothing was.</summary>
    internal string? Note(string what) => (Tail.Count, Count) switch
    {
        ( > 0, { } all) => $"first {Head.Count} ... last {Tail.Count} of {Text.Count(all)} {what}",
        (_, null) => $"first {Head.Count} {what}, more follow",
        (_, { } all) when all > Head.Count => $"first {Head.Count} of {Text.Count(all)} {what}",
        _ => null,
    };

    private static IEnumerable<int> Range(int from, int to) => Enumerable.Range(from, to - from);
}
