using System.Text;

namespace Gsr.SingleCell.Reading;

/// <summary>
/// Reads the entries of a MatrixMarket file into compressed rows, whatever their order in the file, by two passes: one
/// counts the entries of each cell, one puts them into their places, so that nothing else is in memory.
/// </summary>
internal static class MatrixMarketReader
{
    private delegate void EntryVisitor(int cell, int gene, float value);

    /// <summary>Reads to the end of the file.</summary>
    /// <param name="lines">After the header.</param>
    /// <param name="header">What the size line said.</param>
    /// <param name="columnsAreCells">Whether the file has genes in rows, as 10x writes it.</param>
    /// <param name="stream">The file, for the second pass.</param>
    public static SparseMatrix Read(TextLines lines, MatrixMarketHeader header, bool columnsAreCells, Stream stream)
    {
        (var rows, var columns) = columnsAreCells ? (header.Columns, header.Rows) : (header.Rows, header.Columns);
        var counts = new long[rows];
        ForEachEntry(lines, header, columnsAreCells, (cell, _, _) => counts[cell]++);
        var total = counts.Sum();
        if (total > Array.MaxLength)
        {
            throw new DataFormatException(lines.Name, null, "entries", $"{total} with the mirrored ones",
                $"at most {Array.MaxLength}", "Split the matrix into parts.");
        }
        var pointers = new int[rows + 1];
        for (var row = 0; row < rows; row++) pointers[row + 1] = pointers[row] + (int)counts[row];
        var next = pointers[..rows];
        var indices = new int[(int)total];
        var values = new float[(int)total];
        using var again = new TextLines(stream, lines.Name);
        ForEachEntry(again, MatrixMarketHeader.Read(again), columnsAreCells, (cell, gene, value) =>
        {
            var at = next[cell]++;
            if (at == pointers[cell + 1])
                throw again.Fault("entry", again.Excerpt(), "what the file held before", "Read it again.");
            (indices[at], values[at]) = (gene, value);
        });
        CompressedRows.Sort(pointers, indices, values);
        if (CompressedRows.Duplicate(pointers, indices) is (int twice, int column))
        {
            throw new DataFormatException(
                lines.Name, null, $"gene {column + 1} of cell {twice + 1}", "two entries", "one at most",
                MatrixMarketHeader.Remedy);
        }
        return SparseMatrix.Unchecked(rows, columns, pointers, indices, values);
    }

    private static void ForEachEntry(
        TextLines lines, MatrixMarketHeader header, bool columnsAreCells, EntryVisitor visit)
    {
        var count = 0;
        while (lines.Read())
        {
            var rest = lines.Line;
            var rowText = Utf8Number.NextField(ref rest);
            if (rowText.IsEmpty) continue;
            if (count == header.Entries)
            {
                throw lines.Fault(
                    "entry", lines.Excerpt(), $"the end after {header.Entries} entries", MatrixMarketHeader.Remedy);
            }
            var row = Index(lines, rowText, header.Rows, "row");
            var column = Index(lines, Utf8Number.NextField(ref rest), header.Columns, "column");
            var value = 1f;
            if (header.HasValues && !TryValue(Utf8Number.NextField(ref rest), out value))
            {
                throw lines.Fault(
                    "value", lines.Excerpt(), "row, column and a number", MatrixMarketHeader.Remedy);
            }
            if (!Utf8Number.NextField(ref rest).IsEmpty)
                throw lines.Fault("entry", lines.Excerpt(), "nothing more after the value", MatrixMarketHeader.Remedy);
            if (header.Mirror != 0 && row < column)
            {
                throw lines.Fault(
                    "entry", lines.Excerpt(), "the lower triangle only, since the banner says symmetric",
                    MatrixMarketHeader.Remedy);
            }
            var (cell, gene) = columnsAreCells ? (column, row) : (row, column);
            visit(cell, gene, value);
            if (header.Mirror != 0 && cell != gene) visit(gene, cell, header.Mirror * value);
            count++;
        }
        if (count < header.Entries)
        {
            throw new DataFormatException(
                lines.Name, null, $"line {lines.Number + 1}", $"the end after {count} entries",
                $"{header.Entries} entries, as the size line says", "The file is truncated: fetch it again.");
        }
    }

    private static bool TryValue(ReadOnlySpan<byte> text, out float value)
    {
        value = 0;
        return !text.IsEmpty && Utf8Number.TryAny(text, out value);
    }

    private static int Index(TextLines lines, ReadOnlySpan<byte> text, int most, string what)
    {
        if (!Utf8Number.TryWhole(text, out var index) || index < 1 || index > most)
        {
            throw lines.Fault(what, text.IsEmpty ? lines.Excerpt() : TextLines.Excerpt(text), $"1 to {most}",
                MatrixMarketHeader.Remedy);
        }
        return index - 1;
    }
}

/// <summary>The banner, comments and size line of a MatrixMarket coordinate file (Boisvert et al. 1996).</summary>
internal sealed record MatrixMarketHeader(int Rows, int Columns, int Entries, bool HasValues, int Mirror)
{
    internal const string Remedy = "Write the matrix again in MatrixMarket's coordinate format " +
        "(scipy.io.mmwrite, Matrix::writeMM) or fetch the file again.";

    /// <summary>Reads up to and with the size line, whose numbers are checked against the file's length.</summary>
    public static MatrixMarketHeader Read(TextLines lines)
    {
        if (!lines.Read() || !lines.Line.StartsWith("%%MatrixMarket"u8))
            throw lines.Fault("banner", lines.Excerpt(), "'%%MatrixMarket matrix coordinate integer general'", Remedy);
        var banner = Encoding.UTF8.GetString(lines.Line[..Math.Min(lines.Line.Length, 200)]).ToLowerInvariant();
        var words = banner.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var hasValues = true;
        var mirror = 0;
        var known = words is [_, "matrix", "coordinate", var field, var symmetry]
            && field switch
            {
                "integer" or "unsigned-integer" or "real" or "double" => true,
                "pattern" => !(hasValues = false),
                _ => false,
            }
            && symmetry switch
            {
                "general" => true,
                "symmetric" => (mirror = 1) == 1,
                "skew-symmetric" => (mirror = -1) == -1,
                _ => false,
            };
        if (!known)
        {
            throw lines.Fault(
                "banner", lines.Excerpt(), "'matrix coordinate', then integer, real or pattern, then general, " +
                "symmetric or skew-symmetric", Remedy);
        }
        bool found;
        while ((found = lines.Read()) && (lines.Line.StartsWith("%"u8) || lines.Line.Trim((byte)' ').IsEmpty))
        {
        }
        var rest = found ? lines.Line : [];
        if (!Utf8Number.TryWhole(Utf8Number.NextField(ref rest), out var rows)
            || !Utf8Number.TryWhole(Utf8Number.NextField(ref rest), out var columns)
            || !Utf8Number.TryWhole(Utf8Number.NextField(ref rest), out var entries)
            || !Utf8Number.NextField(ref rest).IsEmpty)
        {
            throw lines.Fault("size", found ? lines.Excerpt() : "the end of the file",
                $"rows, columns and entries, each at most {int.MaxValue}", Remedy);
        }
        if (rows == 0 || columns == 0)
            throw lines.Fault("size", $"{rows} x {columns}", "at least one gene and one cell", Remedy);
        if (mirror != 0 && rows != columns)
            throw lines.Fault("size", $"{rows} x {columns}", "a square, since the banner says symmetric", Remedy);
        // The shortest entry is "1 1" and a line end, or "1 1 1"; the last may lack its line end.
        if (entries * (hasValues ? 6L : 4L) - 1 > lines.MaxLength || entries > (long)rows * columns)
        {
            throw lines.Fault("size", $"{entries} entries", entries > (long)rows * columns
                ? $"at most {rows} x {columns}" : $"what {lines.MaxLength} bytes can hold", Remedy);
        }
        return new MatrixMarketHeader(rows, columns, entries, hasValues, mirror);
    }
}
