using System.Collections;
using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Display;

/// <summary>Sequences: scalars on one line, objects of one kind as a table with their properties as columns.</summary>
internal static class SequenceFormat
{
    internal static MimeBundle? TryFormat(object value)
    {
        if (value is not IEnumerable sequence)
            return null;
        var window = Window.Over(sequence, Limits.EdgeRows);
        var rows = window.Head.Concat(window.Tail).ToList();
        var columns = Columns(rows);
        if (columns is null)
            return MimeFormatter.Plain(Line(value, window));
        string[] header = ["", .. columns.Select(member => member.Name)];
        var table = new Table(header) { Keyed = true, Note = window.Note("rows") };
        for (var at = 0; at < rows.Count; at++)
        {
            if (at == window.Head.Count)
                table.AddGap();
            var row = rows[at];
            var index = at < window.Head.Count ? at : window.Count!.Value - rows.Count + at;
            var cells = columns.Select(member => row is null ? null : Members.Read(member, row)).ToArray();
            table.Add([Text.Count(index).Replace(",", "", StringComparison.Ordinal), .. cells.Select(Text.Cell)],
                column => column == 0 || cells[column - 1] is null ? null : Text.IsNumber(cells[column - 1]));
        }
        return MimeFormatter.Plain(table.ToText()).Add("text/html", table.ToHtml());
    }

    private static string Line(object value, Window window)
    {
        // An endless sequence is not read twice: it may have been expensive, or give other values.
        if (window.Count is null || value is not ICollection)
        {
            var line = Inline.Write(window.Head, Limits.Items);
            return window.Note("items") is { } note ? $"{line[..^1]}, …] ({note})" : line;
        }
        return Inline.Write(value, Limits.Items);
    }

    /// <summary>The members to show as columns; null where the items are no objects of one kind.</summary>
    private static List<System.Reflection.MemberInfo>? Columns(List<object?> rows)
    {
        var type = rows.FirstOrDefault(row => row is not null)?.GetType();
        if (type is null || rows.Any(row => row is not null && (row.GetType() != type || row is IEnumerable
            || row is System.Runtime.CompilerServices.ITuple || Text.Scalar(row) is not null
            || row is Members.Failure or Exception or Delegate or Task or Deedle.IFrame
            || TensorFormat.Is(row.GetType()))))
            return null;
        var members = Members.Of(type);
        return members.Count == 0 ? null : [.. members.Take(Limits.Columns)];
    }
}

/// <summary>The ends of a sequence: both where it has a length, else the beginning up to the limit.</summary>
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

/// <summary>Reads a sequence that may fail midway: its items up to there, then the failure as one more.</summary>
internal static class Guarded
{
    internal static IEnumerable<object?> Items(IEnumerable sequence)
    {
        var failure = Try(sequence.GetEnumerator, out var enumerator);
        using var disposed = enumerator as IDisposable;
        while (failure is null)
        {
            failure = Try(enumerator!.MoveNext, out var more);
            if (failure is not null || !more)
                break;
            failure = Try(() => enumerator.Current, out var item);
            if (failure is null)
                yield return item;
        }
        if (failure is not null)
            yield return failure;
    }

    private static Members.Failure? Try<T>(Func<T> step, out T? result)
    {
        try
        {
            result = step();
            return null;
        }
        catch (Exception error)
        {
            result = default;
            return Members.Failure.Of(error);
        }
    }
}
