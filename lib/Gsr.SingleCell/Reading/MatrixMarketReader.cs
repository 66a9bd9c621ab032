namespace Gsr.SingleCell.Reading;

/// <summary>Reads the entries of a MatrixMarket file into compressed rows, whatever their order in the file.</summary>
internal static class MatrixMarketReader
{
    // What is taken at first for a gzip file, whose length is not known; grown as entries arrive.
    private const int FirstEntries = 1 << 16;

    /// <summary>Reads to the end of the file.</summary>
    /// <param name="lines">After the header.</param>
    /// <param name="header">What the size line said.</param>
    /// <param name="columnsAreCells">Whether the file holds genes in rows, as 10x writes it; the result holds cells in rows.</param>
    public static SparseMatrix Read(TextLines lines, MatrixMarketHeader header, bool columnsAreCells)
    {
        int first = lines.IsGzip ? Math.Min(header.Entries, FirstEntries) : header.Entries;
        var cells = new int[first];
        var genes = new int[first];
        float[] values = header.HasValues ? new float[first] : [];
        int count = 0;
        while (lines.Read())
        {
            ReadOnlySpan<byte> rest = lines.Line;
            ReadOnlySpan<byte> rowText = Utf8Number.NextField(ref rest);
            if (rowText.IsEmpty) continue;
            if (count == header.Entries)
                throw lines.Fault("entry", lines.Excerpt(), $"the end after {header.Entries} entries", MatrixMarketHeader.Remedy);
            if (count == cells.Length)
            {
                int longer = (int)Math.Min(header.Entries, 2L * count);
                Array.Resize(ref cells, longer);
                Array.Resize(ref genes, longer);
                if (header.HasValues) Array.Resize(ref values, longer);
            }
            int row = Index(lines, rowText, header.Rows, "row");
            int column = Index(lines, Utf8Number.NextField(ref rest), header.Columns, "column");
            (cells[count], genes[count]) = columnsAreCells ? (column, row) : (row, column);
            if (header.HasValues && !Utf8Number.TryFinite(Utf8Number.NextField(ref rest), out values[count]))
                throw lines.Fault("value", lines.Excerpt(), "row, column and a finite number", MatrixMarketHeader.Remedy);
            if (!Utf8Number.NextField(ref rest).IsEmpty)
                throw lines.Fault("entry", lines.Excerpt(), "nothing more after the value", MatrixMarketHeader.Remedy);
            if (header.Mirror != 0 && row < column)
                throw lines.Fault("entry", lines.Excerpt(), "the lower triangle only, since the banner says symmetric", MatrixMarketHeader.Remedy);
            count++;
        }
        if (count < header.Entries)
        {
            throw new DataFormatException(lines.Name, null, $"line {lines.Number + 1}", $"the end after {count} entries",
                $"{header.Entries} entries, as the size line says", "The file is truncated: fetch it again.");
        }
        return ToRows(lines, header, columnsAreCells, cells, genes, values);
    }

    private static int Index(TextLines lines, ReadOnlySpan<byte> text, int most, string what)
    {
        if (!Utf8Number.TryWhole(text, out int index) || index < 1 || index > most)
        {
            throw lines.Fault(what, text.IsEmpty ? lines.Excerpt() : TextLines.Excerpt(text), $"1 to {most}",
                MatrixMarketHeader.Remedy);
        }
        return index - 1;
    }

    private static SparseMatrix ToRows(TextLines lines, MatrixMarketHeader header, bool columnsAreCells,
        int[] cells, int[] genes, float[] values)
    {
        (int rows, int columns) = columnsAreCells ? (header.Columns, header.Rows) : (header.Rows, header.Columns);
        var pointers = new int[rows + 1];
        long total = 0;
        for (int k = 0; k < cells.Length; k++)
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
        for (int row = 0; row < rows; row++)
            pointers[row + 1] += pointers[row];
        int[] next = pointers[..rows];
        var indices = new int[(int)total];
        var entries = new float[(int)total];
        for (int k = 0; k < cells.Length; k++)
        {
            float value = header.HasValues ? values[k] : 1;
            Put(cells[k], genes[k], value);
            if (header.Mirror != 0 && cells[k] != genes[k])
                Put(genes[k], cells[k], header.Mirror * value);
        }
        CompressedRows.Sort(pointers, indices, entries);
        if (CompressedRows.Duplicate(pointers, indices) is (int cell, int gene))
        {
            throw new DataFormatException(lines.Name, null, $"gene {gene + 1} of cell {cell + 1}", "two entries", "one at most",
                MatrixMarketHeader.Remedy);
        }
        return new SparseMatrix(rows, columns, pointers, indices, entries);

        void Put(int row, int column, float value)
        {
            int at = next[row]++;
            (indices[at], entries[at]) = (column, value);
        }
    }
}
