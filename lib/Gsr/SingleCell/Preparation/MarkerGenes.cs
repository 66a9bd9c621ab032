using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Gsr.SingleCell.Preparation;

/// <summary>Ranks genes by how they tell each group of cells from all others, as scanpy's rank_genes_groups does.</summary>
/// <remarks>
/// Groups that were found from the same values (clusters) make p values too small: they are then a means of ranking only.
/// </remarks>
/// <example><code>
/// var markers = MarkerGenes.Rank(cells.NormalizeTotal().Log1p(), "cell_type");
/// Console.WriteLine(string.Join(", ", markers["B"].Take(5).Select(gene => gene.Gene)));
/// </code></example>
public static class MarkerGenes
{
    private const double Pseudocount = 1e-9;

    /// <summary>Compares each group with the rest.</summary>
    /// <param name="matrix">Log-normalised values.</param>
    /// <param name="groupColumn">A column of the cells; cells where it is missing are left out.</param>
    /// <param name="test">Default Welch's t.</param>
    /// <param name="correction">Default Benjamini-Hochberg.</param>
    /// <param name="layer">A layer to take values from; the matrix's own where null.</param>
    /// <returns>Per group all genes, by descending score.</returns>
    /// <exception cref="KeyNotFoundException">There is no such column or layer.</exception>
    /// <exception cref="ArgumentException">There are fewer than two groups, a group has one cell, or a value is not finite.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<RankedGene>> Rank(AnnotatedMatrix matrix, string groupColumn,
        MarkerTest test = MarkerTest.WelchT, PValueCorrection correction = PValueCorrection.BenjaminiHochberg, string? layer = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(groupColumn);
        if (!Enum.IsDefined(test))
            throw new ArgumentOutOfRangeException(nameof(test), test, $"test is {test}; choose {string.Join(", ", Enum.GetNames<MarkerTest>())}.");
        if (!Enum.IsDefined(correction))
            throw new ArgumentOutOfRangeException(nameof(correction), correction, $"correction is {correction}; choose {string.Join(", ", Enum.GetNames<PValueCorrection>())}.");
        AnnotatedMatrix values = matrix.WithValues(matrix.Layer(layer));
        values.RequireValues(double.NegativeInfinity, "drop the cell or the gene first.");
        string?[] labels = matrix.CellTable.Text(groupColumn);
        int[] labelled = [.. Enumerable.Range(0, labels.Length).Where(cell => labels[cell] is not null)];
        string[] names = [.. labelled.Select(cell => labels[cell]!).Distinct().Order(StringComparer.Ordinal)];
        int[] groups = [.. labelled.Select(cell => Array.IndexOf(names, labels[cell]))];
        CheckSizes(groups, names, groupColumn);

        ExpressionMatrix genes = values.Values.SelectRows(labelled).Transposed();
        var results = new GeneComparison[names.Length][];
        for (int group = 0; group < names.Length; group++)
            results[group] = new GeneComparison[genes.Rows];
        genes.ForEachRow((gene, cells, entries) =>
        {
            GroupMoments moments = GroupMoments.Of(cells, entries, groups, names.Length);
            double[]? ranks = test == MarkerTest.Wilcoxon ? RankSums.Scores(cells, entries, groups, moments.Counts) : null;
            for (int group = 0; group < names.Length; group++)
                results[group][gene] = ranks is null ? Welch(moments, group) : moments.Compared(group, ranks[group], NormalTails(ranks[group]));
        });
        return names.Select((name, group) => (name, list: Sorted(results[group], matrix.GeneTable.Names, correction)))
            .ToDictionary(pair => pair.name, pair => pair.list, StringComparer.Ordinal);
    }

    /// <summary>p values corrected for their number, in the order given.</summary>
    /// <param name="values">0 to 1.</param>
    /// <param name="correction">Which.</param>
    internal static double[] Adjusted(double[] values, PValueCorrection correction)
    {
        int count = values.Length;
        if (correction == PValueCorrection.Bonferroni) return Array.ConvertAll(values, p => Math.Min(1, p * count));
        var adjusted = new double[count];
        double least = 1;
        int rank = count;
        foreach (int i in Enumerable.Range(0, count).OrderByDescending(i => values[i]))
            adjusted[i] = least = Math.Min(least, values[i] * count / rank--);
        return adjusted;
    }

    private static GeneComparison Welch(GroupMoments moments, int group)
    {
        (double mean, double variance, int count) = moments.Inside(group);
        (double otherMean, double otherVariance, int otherCount) = moments.Outside(group);
        double own = variance / count, other = otherVariance / otherCount, difference = mean - otherMean;
        if (own + other == 0)
            return moments.Compared(group, difference == 0 ? 0 : difference * double.PositiveInfinity, difference == 0 ? 1 : 0);
        double t = difference / Math.Sqrt(own + other);
        double freedom = (own + other) * (own + other) / ((own * own / (count - 1)) + (other * other / (otherCount - 1)));
        return moments.Compared(group, t, Math.Min(1, 2 * StudentT.CDF(0, 1, freedom, -Math.Abs(t))));
    }

    private static double NormalTails(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2));

    private static IReadOnlyList<RankedGene> Sorted(GeneComparison[] results, IReadOnlyList<string> names, PValueCorrection correction)
    {
        double[] adjusted = Adjusted(Array.ConvertAll(results, result => result.PValue), correction);
        return [.. Enumerable.Range(0, results.Length).OrderByDescending(gene => results[gene].Score).ThenBy(gene => gene)
            .Select(gene => new RankedGene(names[gene], results[gene].Score, results[gene].PValue, adjusted[gene],
                Math.Log2((Math.Exp(results[gene].Inside) - 1 + Pseudocount) / (Math.Exp(results[gene].Outside) - 1 + Pseudocount)),
                results[gene].ShareInside, results[gene].ShareOutside))];
    }

    private static void CheckSizes(int[] groups, string[] names, string column)
    {
        if (names.Length < 2)
        {
            throw new ArgumentException(
                $"The column '{column}' has {names.Length} groups; markers tell at least two apart.", nameof(groups));
        }
        int[] counts = new int[names.Length];
        foreach (int group in groups)
            counts[group]++;
        int small = Array.IndexOf(counts, 1);
        if (small >= 0)
        {
            throw new ArgumentException($"The column '{column}' has a group '{names[small]}' of one cell; a test needs two " +
                "cells in each group: filter that group out.", nameof(groups));
        }
    }
}
