namespace Gsr.Kernel.Display;

/// <summary>Cuts a grid of any size to its first and last rows and columns.</summary>
internal static class Grid
{
    /// <summary>Stands for a value that is not there, as against one that is null.</summary>
    internal static readonly object Missing = new();

    internal static Table Build(int rows, int columns, Func<int, string> rowName, Func<int, string> columnName,
        Func<int, int, object?> cell)
    {
        var shown = Ends(columns, Limits.EdgeColumns);
        var table = new Table(["", .. shown.Select(at => at < 0 ? "…" : Text.Cut(columnName(at), Limits.CellText))])
        {
            Keyed = true,
            Note = string.Join("; ", new[] { Note(rows, Limits.EdgeRows, "rows"), Note(columns, Limits.EdgeColumns, "columns") }
                .Where(note => note is not null)) is { Length: > 0 } note ? note : null,
        };
        foreach (var row in Ends(rows, Limits.EdgeRows))
        {
            if (row < 0)
            {
                table.AddGap();
                continue;
            }
            var values = shown.Select(at => at < 0 ? Missing : cell(row, at)).ToArray();
            var texts = shown.Select((at, place) => at < 0 ? "…"
                : ReferenceEquals(values[place], Missing) ? null : Text.Cell(values[place]));
            table.Add([Text.Cut(rowName(row), Limits.CellText), .. texts],
                at => at == 0 || ReferenceEquals(values[at - 1], Missing) ? null : Text.IsNumber(values[at - 1]));
        }
        return table;
    }

    /// <summary>The indices to show; -1 stands for those left out.</summary>
    internal static List<int> Ends(int count, int edge) => count <= 2 * edge ? [.. Enumerable.Range(0, count)]
        : [.. Enumerable.Range(0, edge), -1, .. Enumerable.Range(count - edge, edge)];

    private static string? Note(int count, int edge, string what) =>
        count > 2 * edge ? $"first {edge} ... last {edge} of {Text.Count(count)} {what}" : null;
}
