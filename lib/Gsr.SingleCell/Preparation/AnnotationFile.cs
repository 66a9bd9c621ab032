using Gsr.SingleCell.Reading;

namespace Gsr.SingleCell.Preparation;

/// <summary>
/// Side files of labels: a heading line, then one line per cell; plain or gzip, divided by tab, comma or semicolon
/// whatever the file's name says. Columns become whole numbers, numbers, truth values or text, whatever all their
/// values are. Where the heading is missing they are called column1, column2 and so on.
/// </summary>
public static class AnnotationFile
{
    /// <summary>
    /// Adds the columns of a file to the cells. Rows are joined by the column that holds the cells' names, in any
    /// order; where no column does and there are as many rows as cells, by their order. A remark says how, and what did
    /// not match.
    /// </summary>
    /// <param name="matrix">The cells.</param>
    /// <param name="path">The file.</param>
    /// <param name="nameColumn">
    /// The column of cell names; where null, that with most of them, if at least half of the rows or half of the cells
    /// match.
    /// </param>
    /// <returns>Cells without a row have missing values; columns of the same name are replaced.</returns>
    /// <exception cref="DataFormatException">The file is damaged, names a cell twice, or cannot be joined.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <example><code>
    /// AnnotatedMatrix labelled = SingleCellFile.Read("counts.csv.gz").WithCellAnnotations("cell_labels.csv");
    /// </code></example>
    public static AnnotatedMatrix WithCellAnnotations(
        this AnnotatedMatrix matrix, string path, string? nameColumn = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = SingleCellFile.OpenText(path);
        return matrix.WithCellAnnotations(stream, path, nameColumn);
    }

    internal static AnnotatedMatrix WithCellAnnotations(
        this AnnotatedMatrix matrix, Stream stream, string name, string? nameColumn = null)
    {
        var table = AnnotationColumns.Read(stream, name);
        var headless = nameColumn is null && IsHeadless(table, matrix);
        if (headless) table.TakeHeadingAsRow();
        var names = nameColumn is null ? NameColumn(table, matrix) : Named(table, nameColumn);
        var file = Path.GetFileName(name);
        if (names < 0 && table.Rows != matrix.CellCount) throw NoJoin(table, matrix);
        var rows = names < 0 ? [.. Enumerable.Range(0, table.Rows)] : Rows(table, names, matrix);
        var joined = matrix;
        for (var column = 0; column < table.Names.Length; column++)
        {
            if (column == names) continue;
            joined = joined.WithCellColumn(table.Names[column], table.Typed(column, rows));
        }
        if (table.EncodingRemark is { } encoding) joined = joined.WithRemark(encoding);
        if (headless)
        {
            joined = joined.WithRemark(
                $"{file} has no heading: its columns are called {string.Join(", ", table.Names)}.");
        }
        if (names < 0)
        {
            return joined.WithRemark(
                $"{file} names no cells: its {table.Rows} rows were taken in the order of the cells.");
        }
        int without = rows.Count(row => row < 0), left = table.Rows - (rows.Length - without);
        return joined.WithRemark($"{file} was joined by '{table.Names[names]}'" +
            $"{(without > 0 ? $"; {without} cells are not in it" : "")}" +
                $"{(left > 0 ? $"; {left} of its rows are of no cell" : "")}.");
    }

    // The first line has a cell's name; or it is the one that is missing where every cell has a line in its order, and
    // is like the others.
    private static bool IsHeadless(AnnotationColumns table, AnnotatedMatrix matrix) =>
        table.HeadsWith(matrix.CellTable)
        || (table.Rows + 1 == matrix.CellCount && table.HeadsWithValue() && NameColumn(table, matrix) < 0);

    private static int Named(AnnotationColumns table, string nameColumn)
    {
        var at = Array.IndexOf(table.Names, nameColumn);
        return at >= 0 ? at : throw table.Fault("heading", string.Join(", ", table.Names), $"a column '{nameColumn}'",
            "Name one of these columns, or none.");
    }

    private static int NameColumn(AnnotationColumns table, AnnotatedMatrix matrix)
    {
        (var best, var most) = (-1, 0);
        for (var column = 0; column < table.Names.Length; column++)
        {
            var matching = table.Columns[column].OfType<string>().Distinct()
                .Count(text => matrix.CellTable.IndexOf(text) >= 0);
            if (matching > most) (best, most) = (column, matching);
        }
        return 2 * most >= Math.Min(table.Rows, matrix.CellCount) ? best : -1;
    }

    private static int[] Rows(AnnotationColumns table, int names, AnnotatedMatrix matrix)
    {
        var rows = new int[matrix.CellCount];
        Array.Fill(rows, -1);
        var matching = 0;
        for (var row = 0; row < table.Rows; row++)
        {
            var cell = table.Columns[names][row] is { } name ? matrix.CellTable.IndexOf(name) : -1;
            if (cell < 0) continue;
            if (rows[cell] >= 0)
            {
                throw table.Fault($"line {table.Lines[row]}, '{table.Names[names]}'",
                    $"'{matrix.CellTable.Names[cell]}', which line {table.Lines[rows[cell]]} has too", "each cell once",
                    "Remove one of the two lines, or name another column of names.");
            }
            rows[cell] = row;
            matching++;
        }
        return matching > 0 ? rows : throw NoJoin(table, matrix);
    }

    private static DataFormatException NoJoin(AnnotationColumns table, AnnotatedMatrix matrix) => table.Fault("rows",
        $"{table.Rows} rows, such as '{table.Columns[0][0]}' in '{table.Names[0]}' of line {table.Lines[0]}, " +
            "and no column of cell names",
        $"names such as '{matrix.CellTable.Names.FirstOrDefault()}', or exactly {matrix.CellCount} rows",
        "Give the cells the same names in both files, or name the column, or bring the rows into the order of the "
            + "cells.");
}
