namespace Gsr.SingleCell.Reading;

/// <summary>
/// Reads tables of text, plain or gzip: a line of names, then lines of a name and numbers. Either way round; divided by
/// tab, comma or semicolon whatever the file is called; names quoted or not; the first heading there, empty, or left
/// out as R does. Columns of text become annotations. Between semicolons a number may have a decimal comma.
/// </summary>
public static class DelimitedReader
{
    private const string Remedy = "Export the table again with one heading line, one name per line, and numbers.";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The table.</param>
    /// <param name="options">What is known of it; all is detected where null.</param>
    /// <exception cref="DataFormatException">The file is no such table; the message names line and field.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static AnnotatedMatrix Read(string path, DelimitedOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = SingleCellFile.Open(path);
        return Read(stream, path, options);
    }

    /// <summary>Reads a stream from its start to its end; the stream stays open.</summary>
    /// <param name="stream">A seekable stream that holds the whole file.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="options">What is known of it; all is detected where null.</param>
    /// <exception cref="DataFormatException">The file is no such table; the message names line and field.</exception>
    public static AnnotatedMatrix Read(Stream stream, string name, DelimitedOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        options ??= new DelimitedOptions();
        using var lines = new TextLines(stream, name);
        var table = DelimitedTable.Read(lines, options.Separator);

        (bool cellsInRows, string? why) = options.Orientation switch
        {
            Orientation.CellsInRows => (true, null),
            Orientation.GenesInRows => (false, null),
            _ => OrientationGuess.Detect(table.Heading, table.RowNames, table.ColumnNames),
        };
        var values = table.Rows.ToMatrix(transpose: !cellsInRows, name);
        var rows = new AnnotationTable(table.RowNames);
        foreach ((string column, var texts) in table.Texts)
            rows = rows.With(column, texts.ToArray());
        var columns = new AnnotationTable(table.ColumnNames);
        (var cells, var genes) = cellsInRows ? (rows, columns) : (columns, rows);
        var matrix = new AnnotatedMatrix(values, cells, genes)
        {
            Metadata = new Dictionary<string, string> { ["format"] = $"text divided by {table.SeparatorName}" },
            Remarks = Remarks.Of(cells, genes, why),
        };
        return Tallies.Separated(matrix);
    }

    internal static DataFormatException Fault(TextLines lines, string what, string found, string expected) =>
        lines.Fault(what, found, expected, Remedy);
}
