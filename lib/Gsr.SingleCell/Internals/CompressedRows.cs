namespace Gsr.SingleCell;

/// <summary>What readers do with the three arrays of compressed rows before they make a matrix of them.</summary>
internal static class CompressedRows
{
    /// <summary>What is wrong with the arrays, in words; null when nothing is.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="pointers">Offsets of the rows.</param>
    /// <param name="indices">Column of each entry.</param>
    /// <param name="values">Number of values.</param>
    /// <param name="ascending">Whether columns have to ascend within a row.</param>
    /// <param name="first">What the first row is called, where others of the matrix stand before it.</param>
    public static string? Fault(int rows, int columns, ReadOnlySpan<int> pointers, ReadOnlySpan<int> indices,
        int values, bool ascending, int first = 0)
    {
        if (pointers.Length != rows + 1L) return $"{pointers.Length} row pointers for {rows} rows, not {rows + 1L}";
        if (indices.Length != values) return $"{indices.Length} column indices for {values} values";
        if (pointers[0] != 0) return $"the first row pointer is {pointers[0]}, not 0";
        if (pointers[^1] != values) return $"the last row pointer is {pointers[^1]}, not the {values} entries";
        for (var row = 0; row < rows; row++)
        {
            // Checked before the entries are looked at: a pointer that rises above the end falls again later.
            if (pointers[row + 1] < pointers[row] || pointers[row + 1] > values)
                return $"row pointer {first + row + 1} is {pointers[row + 1]} after {pointers[row]}";
            var last = -1;
            for (var k = pointers[row]; k < pointers[row + 1]; k++)
            {
                var column = indices[k];
                if ((uint)column >= (uint)columns || (ascending && column <= last))
                {
                    return $"entry {k} of row {first + row} is in column {column} "
                        + ((uint)column >= (uint)columns ? $"of {columns}" : $"after {last}");
                }
                last = column;
            }
        }
        return null;
    }

    /// <summary>Puts every row's entries in ascending order of their columns, in place.</summary>
    public static void Sort(ReadOnlySpan<int> pointers, int[] indices, float[] values)
    {
        for (var row = 0; row + 1 < pointers.Length; row++)
        {
            var columns = indices.AsSpan(pointers[row]..pointers[row + 1]);
            var entries = values.AsSpan(pointers[row]..pointers[row + 1]);
            switch (Direction(columns))
            {
                case > 0: break;
                // Cell Ranger 1 wrote every cell's genes backwards.
                case < 0:
                    columns.Reverse();
                    entries.Reverse();
                    break;
                default:
                    columns.Sort(entries);
                    break;
            }
        }
    }

    /// <summary>The first entry that repeats its row's previous column in sorted rows, or null.</summary>
    public static (int Row, int Column)? Duplicate(ReadOnlySpan<int> pointers, ReadOnlySpan<int> indices)
    {
        for (var row = 0; row + 1 < pointers.Length; row++)
        {
            for (var k = pointers[row] + 1; k < pointers[row + 1]; k++)
            {
                if (indices[k] == indices[k - 1]) return (row, indices[k]);
            }
        }
        return null;
    }

    private static int Direction(ReadOnlySpan<int> columns)
    {
        bool up = true, down = true;
        for (var k = 1; k < columns.Length; k++)
        {
            up &= columns[k] >= columns[k - 1];
            down &= columns[k] <= columns[k - 1];
        }
        return up ? 1 : down ? -1 : 0;
    }
}
