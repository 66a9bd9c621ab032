using Gsr.SingleCell.Reading;

namespace Gsr.SingleCell.Preparation;

/// <summary>
/// Side files of labels: a heading line, then one line per cell; plain or gzip, divided by tab, comma or semicolon
/// whatever the file's name says. Columns become whole numbers, numbers, truth values or text, whatever all their
/// values are.
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
        using var stream = SingleCellFile.Open(path);
        return matrix.WithCellAnnotations(stream, path, nameColumn);
    }

    internal static AnnotatedMatrix WithCellAnnotations(
        this AnnotatedMatrix matrix, Stream stream, string name, string? nameColumn = null)
    {
        AnnotationColumns table = AnnotationColumns.Read(stream, name);
        int names = nameColumn is null ? NameColumn(table, matrix) : Named(table, nameColumn);
        string file = Path.GetFileName(name);
        if (names < 0 && table.Rows != matrix.CellCount) throw NoJoin(table, matrix);
        int[] rows = names < 0 ? [.. Enumerable.Range(0, table.Rows)] : Rows(table, names, matrix);
        var joined = matrix;
        for (int column = 0; column < table.Names.Length; column++)
        {
            if (column == names) continue;
            joined = table.Typed(column, rows) switch
            {
                long[] numbers => joined.WithCellColumn(table.Names[column], numbers),
                double[] numbers => joined.WithCellColumn(table.Names[column], numbers),
                bool[] flags => joined.WithCellColumn(table.Names[column], flags),
                Array texts => joined.WithCellColumn(table.Names[column], (string[])texts),
            };
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

    private static int Named(AnnotationColumns table, string nameColumn)
    {
        int at = Array.IndexOf(table.Names, nameColumn);
        return at >= 0 ? at : throw table.Fault("heading", string.Join(", ", table.Names), $"a column '{nameColumn}'",
            "Name one of these columns, or none.");
    }

    private static int NameColumn(AnnotationColumns table, AnnotatedMatrix matrix)
    {
        (int best, int most) = (-1, 0);
        for (int column = 0; column < table.Names.Length; column++)
        {
            int matching = table.Columns[column].OfType<string>().Distinct()
                .Count(text => matrix.CellTable.IndexOf(text) >= 0);
            if (matching > most) (best, most) = (column, matching);
        }
        return 2 * most >= Math.Min(table.Rows, matrix.CellCount) ? best : -1;
    }

    private static int[] Rows(AnnotationColumns table, int names, AnnotatedMatrix matrix)
    {
        var rows = new int[matrix.CellCount];
        Array.Fill(rows, -1);
        int matching = 0;
        for (int row = 0; row < table.Rows; row++)
        {
            int cell = table.Columns[names][row] is { } name ? matrix.CellTable.IndexOf(name) : -1;
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
