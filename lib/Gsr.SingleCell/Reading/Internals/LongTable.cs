namespace Gsr.SingleCell.Reading;

/// <summary>Long tables, a line for each gene and cell with a count, such as umi_tools writes them.</summary>
internal static class LongTable
{
    /// <summary>Whether a table has a column of genes, one of cells and one of numbers.</summary>
    public static bool IsOne(DelimitedTable table) =>
        table.ColumnNames.Count == 1 && table.Texts is [var text]
        && ((OrientationGuess.IsGeneHeading(table.Heading) && OrientationGuess.IsCellHeading(text.Name))
            || (OrientationGuess.IsCellHeading(table.Heading) && OrientationGuess.IsGeneHeading(text.Name)));

    /// <summary>The table as a matrix; cells and genes in the order in which they come first.</summary>
    /// <exception cref="DataFormatException">A gene has two numbers in one cell.</exception>
    public static AnnotatedMatrix Pivoted(DelimitedTable table, string name, IReadOnlyDictionary<string, string> format)
    {
        IReadOnlyList<string?> first = table.RowNames, second = table.Texts[0].Values;
        (var ofCells, var ofGenes) = OrientationGuess.IsCellHeading(table.Heading) ? (first, second) : (second, first);
        (var cellNames, var cells) = Numbered(ofCells);
        (var geneNames, var genes) = Numbered(ofGenes);
        var numbers = table.ToMatrix(transpose: false, name).Column(0);
        var pointers = new int[cellNames.Count + 1];
        foreach (var cell in cells) pointers[cell + 1]++;
        for (var cell = 0; cell < cellNames.Count; cell++) pointers[cell + 1] += pointers[cell];
        var next = pointers[..^1];
        var columns = new int[numbers.Length];
        var values = new float[numbers.Length];
        for (var row = 0; row < numbers.Length; row++)
        {
            var at = next[cells[row]]++;
            (columns[at], values[at]) = (genes[row], numbers[row]);
        }
        CompressedRows.Sort(pointers, columns, values);
        if (CompressedRows.Duplicate(pointers, columns) is (int twice, int gene))
        {
            throw new DataFormatException(name, null, $"'{geneNames[gene]}' in '{cellNames[twice]}'", "two numbers",
                "one at most", "Add them up, or remove one.");
        }
        var matrix = new SparseMatrix(cellNames.Count, geneNames.Count, pointers, columns, values);
        return new AnnotatedMatrix(matrix, new AnnotationTable(cellNames), new AnnotationTable(geneNames))
        {
            Metadata = format,
            Remarks = [$"A long table of {numbers.Length} lines, a gene, a cell and '{table.ColumnNames[0]}' in each, "
                + "was turned into a matrix.", .. table.Remarks.OfType<string>()],
        };
    }

    private static (List<string> Names, int[] Places) Numbered(IReadOnlyList<string?> names)
    {
        List<string> distinct = [];
        Dictionary<string, int> known = new(StringComparer.Ordinal);
        var places = new int[names.Count];
        for (var i = 0; i < places.Length; i++)
        {
            var name = names[i] ?? "";
            if (known.TryGetValue(name, out places[i])) continue;
            known[name] = places[i] = distinct.Count;
            distinct.Add(name);
        }
        return (distinct, places);
    }
}
