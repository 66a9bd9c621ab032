namespace Gsr.SingleCell.Reading;

/// <summary>
/// Reads tables of text, see <see cref="SingleCellFile"/>: a heading, then lines of a name and numbers.
/// </summary>
internal static class DelimitedReader
{
    private const string Remedy = "Export the table again with one heading line, one name per line, and numbers.";

    /// <summary>Reads a stream from its start to its end; the stream stays open.</summary>
    /// <param name="stream">A seekable stream that holds the whole file.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="options">What is known of it; all is detected where null.</param>
    /// <exception cref="DataFormatException">The file is no such table; the message names line and field.</exception>
    public static AnnotatedMatrix Read(Stream stream, string name, ReadOptions? options = null)
    {
        options ??= new ReadOptions();
        using var lines = new TextLines(stream, name);
        var table = DelimitedTable.Read(lines, options);
        var format = new Dictionary<string, string> { ["format"] = $"text divided by {table.SeparatorName}" };
        if (LongTable.IsOne(table)) return LongTable.Pivoted(table, name, format);
        (var cellsInRows, var why) = options.Orientation switch
        {
            Orientation.CellsInRows => (true, null),
            Orientation.GenesInRows => (false, null),
            _ => OrientationGuess.Detect(table.Heading, table.RowNames, table.ColumnNames),
        };
        var values = table.ToMatrix(transpose: !cellsInRows, name);
        var rows = new AnnotationTable(table.RowNames);
        foreach ((var column, var texts) in table.Texts)
            rows = rows.With(column, TextValues.Typed([.. texts], table.HasDecimalComma));
        var taken = table.Texts.Count == 0 ? null
            : $"Columns taken for annotations: {Remarks.Listed([.. table.Texts.Select(text => text.Name)])}.";
        var columns = new AnnotationTable(table.ColumnNames);
        (var cells, var genes) = cellsInRows ? (rows, columns) : (columns, rows);
        var matrix = new AnnotatedMatrix(values, cells, genes)
        {
            Metadata = format,
            Remarks = Remarks.Of(
                cells, genes, [why, .. table.Remarks, taken, AnnotationNames.Remark(genes, options.Annotations)]),
        };
        return Tallies.Separated(matrix);
    }

    internal static DataFormatException Fault(
        TextLines lines, string what, string found, string expected, string remedy = Remedy) =>
        lines.Fault(what, found, expected, remedy);
}
