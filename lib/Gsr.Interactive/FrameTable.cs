using System.Globalization;
using System.Net;
using Deedle;

namespace Gsr.Interactive;

/// <summary>The first rows and columns of a frame, whatever its keys, as text.</summary>
internal sealed class FrameText : IFrameOperation<string>
{
    /// <inheritdoc/>
    public string Invoke<TRow, TColumn>(Frame<TRow, TColumn> frame) => frame.Format(FrameHtml.Rows, FrameHtml.Columns);
}

/// <summary>The same as a table.</summary>
internal sealed class FrameHtml : IFrameOperation<string>
{
    public const int Rows = 20, Columns = 12;

    /// <inheritdoc/>
    public string Invoke<TRow, TColumn>(Frame<TRow, TColumn> frame)
    {
        var names = frame.ColumnKeys.Take(Columns).ToList();
        // Columns are taken once, cells one by one: a conversion of whole columns would read all of them.
        var columns = names.ConvertAll(name => ((ISeries<TRow>)frame.Columns.Get(name)).Vector);
        var head = string.Concat(names.Select(name => $"<th>{Text(name)}</th>"));
        var rows = Enumerable.Range(0, Math.Min(Rows, frame.RowCount)).Select(row =>
        {
            var address = frame.RowIndex.AddressAt(row);
            return $"<tr><th>{Text(frame.GetRowKeyAt(row))}</th>"
                + string.Concat(columns.Select(column => $"<td>{Text(At(column, address))}</td>")) + "</tr>";
        });
        return $"<table><thead><tr><th></th>{head}</tr></thead><tbody>{string.Concat(rows)}</tbody></table>"
            + $"<p><small>{frame.RowCount:N0} rows × {frame.ColumnCount:N0} columns</small></p>";
    }

    private static object? At(IVector column, long address) =>
        column.GetObject(address) is { HasValue: true } cell ? cell.Value : null;

    private static string Text(object? value) =>
        WebUtility.HtmlEncode(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
}
