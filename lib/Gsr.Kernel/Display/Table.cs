using System.Text;

namespace Gsr.Kernel.Display;

/// <summary>A table already cut to size: both its HTML and its text come from the same cells.</summary>
internal sealed class Table(IReadOnlyList<string> header)
{
    private readonly List<string?[]> _rows = [];
    private readonly List<bool> _numeric = [.. header.Select(_ => true)];

    /// <summary>What was left out, shown below; null when nothing was.</summary>
    internal string? Note { get; set; }

    internal int Count => _rows.Count;

    /// <summary>True when the first column holds row keys.</summary>
    internal bool Keyed { get; init; }

    /// <summary>Adds a row; <paramref name="numeric"/> says whether a cell is a number, null if missing.</summary>
    internal void Add(string?[] cells, Func<int, bool?> numeric)
    {
        _rows.Add(cells);
        for (var at = 0; at < cells.Length; at++)
            _numeric[at] &= numeric(at) ?? true;
    }

    /// <summary>A row of ellipses, where rows were left out.</summary>
    internal void AddGap() => _rows.Add([.. header.Select(_ => (string?)"…")]);

    internal string ToHtml()
    {
        // Jupyter and VS Code style class "dataframe" themselves, in light and dark; no style block is needed. A column
        // of numbers is aligned right as they do for all cells; a column of text to the left.
        var html = new StringBuilder("<table class=\"dataframe\">");
        if (header.Any(name => name.Length > 0))
        {
            html.Append("<thead><tr>");
            foreach (var name in header)
                html.Append("<th>").Append(Text.Escape(name)).Append("</th>");
            html.Append("</tr></thead>");
        }
        html.Append("<tbody>");
        foreach (var row in _rows)
        {
            html.Append("<tr>");
            for (var at = 0; at < row.Length; at++)
                AppendCell(html, row[at], at);
            html.Append("</tr>");
        }
        html.Append("</tbody></table>");
        if (Note is not null)
            html.Append("<p><small>").Append(Text.Escape(Note)).Append("</small></p>");
        return html.ToString();
    }

    private void AppendCell(StringBuilder html, string? cell, int column)
    {
        var tag = Keyed && column == 0 ? "th" : "td";
        html.Append('<').Append(tag).Append(_numeric[column] || tag == "th" ? ">" : " style=\"text-align:left\">");
        html.Append(cell is null ? "<i>missing</i>" : Text.Escape(cell)).Append("</").Append(tag).Append('>');
    }

    internal string ToText()
    {
        var widths = new int[header.Count];
        for (var at = 0; at < widths.Length; at++)
            widths[at] = _rows.Select(row => Plain(row[at]).Length).Append(header[at].Length).Max();
        var text = new StringBuilder();
        if (header.Any(name => name.Length > 0))
            AppendLine(text, header, widths);
        foreach (var row in _rows)
            AppendLine(text, row, widths);
        return text.Append(Note).ToString().TrimEnd('\n');
    }

    private void AppendLine(StringBuilder text, IReadOnlyList<string?> cells, int[] widths)
    {
        var line = new StringBuilder();
        for (var at = 0; at < widths.Length; at++)
        {
            var cell = Plain(cells[at]);
            line.Append(at > 0 ? "  " : "");
            line.Append(_numeric[at] ? cell.PadLeft(widths[at]) : cell.PadRight(widths[at]));
        }
        text.Append(line.ToString().TrimEnd()).Append('\n');
    }

    // A line break inside a cell would tear the text table apart.
    private static string Plain(string? cell) =>
        (cell is null ? "missing" : Text.Cut(cell, 40)).ReplaceLineEndings(" ");
}

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
            Note = string.Join("; ",
                new[] { Note(rows, Limits.EdgeRows, "rows"), Note(columns, Limits.EdgeColumns, "columns") }
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
