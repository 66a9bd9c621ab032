namespace Gsr.SingleCell.Reading;

/// <summary>HTSeq's tallies, taken out of the genes.</summary>
internal static class Tallies
{
    private static readonly HashSet<string> s_names = new(StringComparer.Ordinal)
    {
        "no_feature", "ambiguous", "too_low_aQual", "not_aligned", "alignment_not_unique",
    };

    /// <summary>The matrix without tallies among the genes; they are columns of the cells.</summary>
    public static AnnotatedMatrix Separated(AnnotatedMatrix matrix)
    {
        IReadOnlyList<string> names = matrix.GeneTable.Names;
        int[] tallies = [.. Enumerable.Range(0, names.Count).Where(i => IsTally(names[i]))];
        if (tallies.Length == 0) return matrix;
        AnnotatedMatrix separated = matrix.SelectGenes([.. Enumerable.Range(0, names.Count).Where(i => !IsTally(names[i]))]);
        foreach (int i in tallies)
            separated = separated.WithCellColumn($"htseq_{names[i].TrimStart('_')}", matrix.Values.Column(i));
        return separated.WithRemark(
            $"{tallies.Length} tallies of HTSeq were taken out of the genes: {string.Join(", ", tallies.Select(i => names[i]))}.");
    }

    private static bool IsTally(string name) =>
        s_names.Contains(name.StartsWith("__", StringComparison.Ordinal) ? name[2..] : name);
}
