using System.Text;

namespace Gsr.SingleCell.Reading;

/// <summary>Reads the entries of a MatrixMarket file into compressed rows, whatever their order in the file.</summary>
internal static class MatrixMarketReader
{
    // What is taken at first for a gzip file, whose length is not known; grown as entries arrive.
    private const int FirstEntries = 1 << 16;

    /// <summary>Reads to the end of the file.</summary>
    /// <param name="lines">After the header.</param>
    /// <param name="header">What the size line said.</param>
    /// <param name="columnsAreCells">Whether the file has genes in rows, as 10x writes it.</param>
    public static SparseMatrix Read(TextLines lines, MatrixMarketHeader header, bool columnsAreCells)
    {
        var first = lines.IsGzip ? Math.Min(header.Entries, FirstEntries) : header.Entries;
        var cells = new int[first];
        var genes = new int[first];
        var values = header.HasValues ? new float[first] : [];
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
            if (count == cells.Length)
            {
                var longer = (int)Math.Min(header.Entries, 2L * count);
                Array.Resize(ref cells, longer);
                Array.Resize(ref genes, longer);
                if (header.HasValues) Array.Resize(ref values, longer);
            }
            var row = Index(lines, rowText, header.Rows, "row");
            var column = Index(lines, Utf8Number.NextField(ref rest), header.Columns, "column");
            (cells[count], genes[count]) = columnsAreCells ? (column, row) : (row, column);
            if (header.HasValues && !TryValue(Utf8Number.NextField(ref rest), out values[count]))
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
            count++;
        }
        if (count < header.Entries)
        {
            throw new DataFormatException(
                lines.Name, null, $"line {lines.Number + 1}", $"the end after {count} entries",
                $"{header.Entries} entries, as the size line says", "The file is truncated: fetch it again.");
        }
        return ToRows(lines, header, columnsAreCells, cells, genes, values);
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

    private static SparseMatrix ToRows(TextLines lines, MatrixMarketHeader header, bool columnsAreCells,
        int[] cells, int[] genes, float[] values)
    {
        (var rows, var columns) = columnsAreCells ? (header.Columns, header.Rows) : (header.Rows, header.Columns);
        var pointers = new int[rows + 1];
        long total = 0;
        for (var k = 0; k < cells.Length; k++)
        {
            pointers[cells[k] + 1]++;
            total++;
            if (header.Mirror == 0 || cells[k] == genes[k]) continue;
            pointers[genes[k] + 1]++;
            total++;
        }
        if (total > Array.MaxLength)
        {
            throw new DataFormatException(lines.Name, null, "entries", $"{total} with the mirrored ones",
                $"at most {Array.MaxLength}", "Split the matrix into parts.");
        }
        for (var row = 0; row < rows; row++) pointers[row + 1] += pointers[row];
        var next = pointers[..rows];
        var indices = new int[(int)total];
        var entries = new float[(int)total];
        for (var k = 0; k < cells.Length; k++)
        {
            var value = header.HasValues ? values[k] : 1;
            Put(cells[k], genes[k], value);
            if (header.Mirror != 0 && cells[k] != genes[k]) Put(genes[k], cells[k], header.Mirror * value);
        }
        CompressedRows.Sort(pointers, indices, entries);
        if (CompressedRows.Duplicate(pointers, indices) is (int cell, int gene))
        {
            throw new DataFormatException(
                lines.Name, null, $"gene {gene + 1} of cell {cell + 1}", "two entries", "one at most",
                MatrixMarketHeader.Remedy);
        }
        return new SparseMatrix(rows, columns, pointers, indices, entries);

        void Put(int row, int column, float value)
        {
            var at = next[row]++;
            (indices[at], entries[at]) = (column, value);
        }
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
