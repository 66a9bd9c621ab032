namespace Gsr.SingleCell.Reading;

/// <summary>HTSeq's tallies, taken out of the genes.</summary>
internal static class Tallies
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "no_feature", "ambiguous", "too_low_aQual", "not_aligned", "alignment_not_unique",
    };

    /// <summary>The matrix without tallies among the genes; they are columns of the cells.</summary>
    public static AnnotatedMatrix Separated(AnnotatedMatrix matrix)
    {
        var names = matrix.GeneTable.Names;
        int[] tallies = [.. Enumerable.Range(0, names.Count).Where(i => IsTally(names[i]))];
        if (tallies.Length == 0) return matrix;
        return Selection.AsCellColumns(matrix, tallies, name => $"htseq_{name.TrimStart('_')}").WithRemark(
            $"{tallies.Length} tallies of HTSeq were taken out of the genes: "
            + $"{string.Join(", ", tallies.Select(i => names[i]))}.");
    }

    private static bool IsTally(string name) =>
        Names.Contains(name.StartsWith("__", StringComparison.Ordinal) ? name[2..] : name);
}
