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

    /// <summary>Adds a row; <paramref name="numeric"/> says of each cell whether it is a number, null that it is missing.</summary>
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
        // Jupyter and VS Code style class "dataframe" themselves, in light and dark; no style block is needed. A column of
        // numbers is aligned right as they do for all cells; a column of text to the left.
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
