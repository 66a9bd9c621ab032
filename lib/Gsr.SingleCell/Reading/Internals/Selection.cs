namespace Gsr.SingleCell.Reading;

/// <summary>
/// What is taken of a file after it was read, the same for every format, and what is said of its values.
/// </summary>
internal static class Selection
{
    private const string Expression = "Gene Expression";
    private const string FeatureColumn = "feature_types";
    private const string GenomeColumn = "genome";

    /// <summary>The genes of the wanted genome and feature types, without annotations among them.</summary>
    /// <exception cref="ArgumentException">An option names what there is not.</exception>
    public static AnnotatedMatrix Of(AnnotatedMatrix matrix, ReadOptions options)
    {
        matrix = OfGenome(matrix, options.Genome);
        matrix = OfFeatureTypes(matrix, options.FeatureTypes);
        if (options.Annotations.Count > 0) matrix = WithoutAnnotations(matrix, options.Annotations);
        return matrix.Values is StreamedMatrix ? matrix : NotFinite.Remarked(matrix);
    }

    /// <summary>The matrix with some of its genes made columns of the cells.</summary>
    public static AnnotatedMatrix AsCellColumns(AnnotatedMatrix matrix, int[] genes, Func<string, string> name)
    {
        var names = matrix.GeneTable.Names;
        var without = matrix.SelectGenes([.. Enumerable.Range(0, names.Count).Except(genes)]);
        foreach (var gene in genes) without = without.WithCellColumn(name(names[gene]), matrix.Values.Column(gene));
        return without;
    }

    private static AnnotatedMatrix OfGenome(AnnotatedMatrix matrix, string? genome)
    {
        if (genome is null || !matrix.GeneTable.ColumnNames.Contains(GenomeColumn)) return matrix;
        return Where(matrix, GenomeColumn, [genome], nameof(ReadOptions.Genome));
    }

    private static AnnotatedMatrix OfFeatureTypes(AnnotatedMatrix matrix, IReadOnlyList<string>? wanted)
    {
        if (!matrix.GeneTable.ColumnNames.Contains(FeatureColumn))
        {
            return wanted is null ? matrix : throw new ArgumentException(
                $"FeatureTypes is {string.Join(", ", wanted)}; the file says nothing of feature types.");
        }
        if (wanted is not null) return Where(matrix, FeatureColumn, wanted, nameof(ReadOptions.FeatureTypes));
        var counts = matrix.GeneTable.Text(FeatureColumn).CountBy(type => type ?? "").ToDictionary();
        if (counts.Count < 2 || !counts.ContainsKey(Expression)) return matrix;
        var others = counts.Where(pair => pair.Key != Expression).Select(pair => $"{pair.Value} of {pair.Key}");
        return Where(matrix, FeatureColumn, [Expression], "").WithRemark(
            $"Features other than {Expression} were left out: {string.Join(", ", others)}; FeatureTypes takes them.");
    }

    private static AnnotatedMatrix Where(
        AnnotatedMatrix matrix, string column, IReadOnlyList<string> wanted, string option)
    {
        var values = matrix.GeneTable.Text(column);
        if (wanted.FirstOrDefault(name => !values.Contains(name)) is { } missing)
        {
            string[] there = [.. values.Distinct().Select(value => value ?? "(none)")];
            throw new ArgumentException($"{option} is '{missing}'; there are {Remarks.Listed(there)}.");
        }
        int[] genes = [.. Enumerable.Range(0, values.Length).Where(i => wanted.Contains(values[i]))];
        if (genes.Length == values.Length) return matrix;
        var selected = matrix.SelectGenes(genes);
        if (matrix.Raw is not { } raw || !raw.GeneTable.ColumnNames.Contains(column)) return selected;
        string[] inRaw = [.. wanted.Intersect(raw.GeneTable.Text(column))!];
        return inRaw.Length == 0 ? selected : selected.WithRaw(Where(raw, column, inRaw, option));
    }

    private static AnnotatedMatrix WithoutAnnotations(AnnotatedMatrix matrix, IReadOnlyList<string> names)
    {
        List<int> genes = [];
        foreach (var name in names)
        {
            var gene = matrix.GeneTable.IndexOf(name);
            if (gene >= 0) genes.Add(gene);
            else if (!matrix.CellTable.ColumnNames.Contains(name) && !matrix.GeneTable.ColumnNames.Contains(name))
            {
                throw new ArgumentException($"Annotations has '{name}', which is no column of the file; there are "
                    + $"{Remarks.Listed([.. matrix.CellTable.ColumnNames, .. matrix.GeneTable.Names])}.");
            }
        }
        return genes.Count == 0 ? matrix : AsCellColumns(matrix, [.. genes.Distinct()], name => name);
    }
}
