using Gsr.SingleCell;
using Gsr.SingleCell.Preparation;
using Gsr.SingleCell.Simulation;
using MathNet.Numerics.Integration;

namespace Gsr.Tests.SingleCell.Preparation;

public sealed class MarkerGenesTests
{
    [Fact]
    public void WelchByHand()
    {
        // Means 2 and 5, variances 1 and 20/3, 3 and 4 cells: t = -3/√2 with (1/3 + 5/3)² / ((1/3)²/2 + (5/3)²/3) degrees.
        AnnotatedMatrix cells = Samples.Of(["g"], [1], [2], [3], [2], [4], [6], [8]).WithCellColumn("type", ["a", "a", "a", "b", "b", "b", "b"]);
        RankedGene gene = Assert.Single(MarkerGenes.Rank(cells, "type")["a"]);
        Assert.Equal(-3 / Math.Sqrt(2), gene.Score, 1e-12);
        Assert.Equal(Tails(3 / Math.Sqrt(2), 4 / ((1 / 18.0) + (25 / 27.0))), gene.PValue, 1e-8);
        Assert.Equal(gene.PValue, gene.AdjustedPValue);
        Assert.Equal(Math.Log2((Math.Exp(2) - 1) / (Math.Exp(5) - 1)), gene.LogFoldChange, 1e-8);
        Assert.Equal((1, 1), (gene.ShareInside, gene.ShareOutside));
        RankedGene other = Assert.Single(MarkerGenes.Rank(cells, "type")["b"]);
        Assert.Equal((-gene.Score, gene.PValue), (other.Score, other.PValue));
    }

    [Fact]
    public void RankSumsByHand()
    {
        // Ranks of 0 0 0 1 | 0 2 2: zeros 2.5 each, 1 is 5, twos 6.5. R = 12.5 of n = 4, expected 16; ties 4³-4 + 2³-2 = 66.
        AnnotatedMatrix cells = Samples.Of(["g"], [0], [0], [0], [1], [0], [2], [2]).WithCellColumn("type", ["a", "a", "a", "a", "b", "b", "b"]);
        foreach (AnnotatedMatrix form in (AnnotatedMatrix[])[cells, cells.Sparse()])
        {
            RankedGene gene = Assert.Single(MarkerGenes.Rank(form, "type", MarkerTest.Wilcoxon)["a"]);
            Assert.Equal(-3.5 / Math.Sqrt(4 * 3 / 12.0 * (8 - (66 / 42.0))), gene.Score, 1e-12);
            Assert.Equal((.25, 2 / 3.0), (gene.ShareInside, gene.ShareOutside));
        }
    }

    [Fact]
    public void BothTestsAgreeWithTheirDefinitions()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            foreach (AnnotatedMatrix counts in Samples.Both(seed, 40, 12, .1 + (.04 * seed)))
            {
                // Values of both signs with many ties.
                AnnotatedMatrix cells = counts.WithValues(counts.Values.Map((row, value) => value == 0 ? 0 : (value % 7) - 3))
                    .WithCellColumn("type", [.. Enumerable.Range(0, 40).Select(i => i == 5 ? null! : $"t{i % 3}")]);
                var welch = MarkerGenes.Rank(cells, "type", correction: PValueCorrection.Bonferroni);
                var wilcoxon = MarkerGenes.Rank(cells, "type", MarkerTest.Wilcoxon);
                Assert.Equal(["t0", "t1", "t2"], welch.Keys.Order());
                for (int gene = 0; gene < 12; gene++)
                {
                    foreach (string group in welch.Keys)
                    {
                        double[] values = cells.Values.ColumnOf(gene);
                        string?[] types = cells.CellTable.Text("type");
                        double[] inside = [.. values.Where((_, i) => types[i] == group)];
                        double[] outside = [.. values.Where((_, i) => types[i] is not null && types[i] != group)];
                        RankedGene t = welch[group].Single(g => g.Gene == $"gene{gene}"), z = wilcoxon[group].Single(g => g.Gene == $"gene{gene}");
                        double a = inside.Variance() / inside.Length, b = outside.Variance() / outside.Length;
                        double score = a + b == 0 ? 0 : (inside.Average() - outside.Average()) / Math.Sqrt(a + b);
                        Assert.Equal(score, t.Score, 1e-9);
                        double freedom = (a + b) * (a + b) / ((a * a / (inside.Length - 1)) + (b * b / (outside.Length - 1)));
                        Assert.Equal(a + b == 0 ? 1 : Tails(Math.Abs(score), freedom), t.PValue, 1e-7);
                        Assert.Equal(Math.Min(1, 12 * t.PValue), t.AdjustedPValue, 1e-12);
                        Assert.Equal(SlowRankScore(inside, outside), z.Score, 1e-9);
                        Assert.Equal(inside.Count(v => v > 0) / (double)inside.Length, z.ShareInside, 1e-12);
                    }
                }
                Assert.All(welch.Values.Concat(wilcoxon.Values), list =>
                    Assert.Equal(list.Select(g => g.Score).OrderDescending(), list.Select(g => g.Score)));
            }
        }
    }

    [Fact]
    public void TailsOfTheNormalDistribution()
    {
        // The asymptotic series of the tail, which 1 - CDF would have lost (Abramowitz and Stegun 26.2.12).
        AnnotatedMatrix cells = Separated(200);
        RankedGene gene = MarkerGenes.Rank(cells, "type", MarkerTest.Wilcoxon)["a"][0];
        // No ties, and the whole group above the rest: U is n², 200² / 2 above its mean.
        double z = 200 * 200 / 2.0 / Math.Sqrt(200 * 200 / 12.0 * 401);
        Assert.Equal(z, gene.Score, 1e-9);
        Assert.Equal(1, gene.PValue / (Math.Sqrt(2 / Math.PI) * Math.Exp(-z * z / 2) / z * (1 - (1 / (z * z)) + (3 / Math.Pow(z, 4)) - (15 / Math.Pow(z, 6)) + (105 / Math.Pow(z, 8)))), 1e-6);
    }

    [Fact]
    public void CorrectionsByTheirDefinition()
    {
        double[] p = [.01, .04, .03, .005, .5, .04];
        // Ascending .005 .01 .03 .04 .04 .5: times 6/k .03 .03 .06 .06 .048 .5, least from each on.
        Samples.Near([.03, .048, .048, .03, .5, .048], MarkerGenes.Adjusted(p, PValueCorrection.BenjaminiHochberg), 1e-15);
        Samples.Near([.06, .24, .18, .03, 1, .24], MarkerGenes.Adjusted(p, PValueCorrection.Bonferroni), 1e-15);
        Assert.Empty(MarkerGenes.Adjusted([], PValueCorrection.BenjaminiHochberg));
    }

    [Theory]
    [InlineData(MarkerTest.WelchT)]
    [InlineData(MarkerTest.Wilcoxon)]
    public void MarkersOfSyntheticGroupsComeFirstAndNothingIsFoundWhereNothingIs(MarkerTest test)
    {
        AnnotatedMatrix cells = SyntheticCells.Generate(new() { Cells = 400, Seed = 3 }).NormalizeTotal().Log1p();
        foreach ((string group, IReadOnlyList<RankedGene> ranked) in MarkerGenes.Rank(cells, "cell_type", test))
        {
            Assert.All(ranked.Take(20), gene => Assert.StartsWith(group + "_", gene.Gene, StringComparison.Ordinal));
            Assert.All(ranked.Take(20), gene => Assert.True(gene.LogFoldChange > 1 && gene.AdjustedPValue < 1e-4));
        }
        string?[] shuffled = cells.CellTable.Text("cell_type");
        new Random(1).Shuffle(shuffled);
        var none = MarkerGenes.Rank(cells.WithCellColumn("null", shuffled!), "null", test);
        Assert.True(none.Values.SelectMany(list => list).Count(gene => gene.AdjustedPValue < .05) <= 2);
    }

    [Fact]
    public void KnownMarkersOfBloodCells()
    {
        AnnotatedMatrix cells = SingleCellFile.Read(Samples.RealFile("scrnaseq/pbmc3k/filtered_gene_bc_matrices"))
            .WithCellAnnotations(Samples.RealFile("scrnaseq/pbmc3k/cell_labels.tsv")).FilterGenes(minCells: 3).NormalizeTotal(1e4).Log1p();
        var byRank = MarkerGenes.Rank(cells, "cell_type", MarkerTest.Wilcoxon);
        foreach ((string type, string gene) in new[] { ("B", "MS4A1"), ("NK", "GNLY"), ("NK", "NKG7"), ("CD14+ Mono", "LYZ"), ("FCGR3A+ Mono", "FCGR3A"), ("DC", "FCER1A") })
            Assert.Contains(gene, byRank[type].Take(25).Select(ranked => ranked.Gene));
        // Of 14 platelets: ranks prefer genes that no other cell has, t one that is strong; PPBP leaks into other droplets.
        Assert.Contains("PPBP", MarkerGenes.Rank(cells, "cell_type")["Platelet"].Take(25).Select(ranked => ranked.Gene));
    }

    [Fact]
    public void HostileInput()
    {
        AnnotatedMatrix cells = Samples.Of(["constant", "perfect"], [1, 0], [1, 0], [1, 2], [1, 2])
            .WithCellColumn("type", ["a", "a", "b", "b"]).WithCellColumn("one", ["a", "a", "a", "a"]).WithCellColumn("lone", ["a", "b", "b", "b"]);
        foreach (MarkerTest test in Enum.GetValues<MarkerTest>())
        {
            IReadOnlyList<RankedGene> ranked = MarkerGenes.Rank(cells, "type", test)["b"];
            Assert.Equal(("perfect", "constant"), (ranked[0].Gene, ranked[1].Gene));
            Assert.Equal((0, 1), (ranked[1].Score, ranked[1].PValue));
        }
        Assert.Equal((double.PositiveInfinity, 0), (MarkerGenes.Rank(cells, "type")["b"][0].Score, MarkerGenes.Rank(cells, "type")["b"][0].PValue));
        Assert.Contains("1 groups", Assert.Throws<ArgumentException>(() => MarkerGenes.Rank(cells, "one")).Message);
        Assert.Contains("'a' of one cell", Assert.Throws<ArgumentException>(() => MarkerGenes.Rank(cells, "lone")).Message);
        Assert.Throws<KeyNotFoundException>(() => MarkerGenes.Rank(cells, "absent"));
        Assert.Throws<KeyNotFoundException>(() => MarkerGenes.Rank(cells, "type", layer: "absent"));
        Assert.Throws<ArgumentOutOfRangeException>(() => MarkerGenes.Rank(cells, "type", (MarkerTest)5));
        Assert.Throws<ArgumentOutOfRangeException>(() => MarkerGenes.Rank(cells, "type", correction: (PValueCorrection)5));
    }

    private static AnnotatedMatrix Separated(int perGroup) =>
        Samples.Of(["g"], [.. Enumerable.Range(1, 2 * perGroup).Select(i => new float[] { i })])
            .WithCellColumn("type", [.. Enumerable.Range(1, 2 * perGroup).Select(i => i > perGroup ? "a" : "b")]);

    /// <summary>U from all pairs, and its standard deviation from the numbers of equal values.</summary>
    private static double SlowRankScore(double[] inside, double[] outside)
    {
        double u = inside.Sum(x => outside.Sum(y => x > y ? 1 : x == y ? .5 : 0)), n = inside.Length, m = outside.Length, total = n + m;
        double ties = inside.Concat(outside).GroupBy(v => v).Sum(same => Math.Pow(same.Count(), 3) - same.Count());
        double variance = n * m / 12 * (total + 1 - (ties / (total * (total - 1))));
        return variance <= 1e-9 ? 0 : (u - (n * m / 2)) / Math.Sqrt(variance);
    }

    /// <summary>Both tails of Student's t by integrating its density, normalised by its own integral; x = tan θ.</summary>
    private static double Tails(double t, double freedom)
    {
        double Density(double angle) => Math.Pow(1 + (Math.Tan(angle) * Math.Tan(angle) / freedom), -(freedom + 1) / 2) / Math.Pow(Math.Cos(angle), 2);
        double Integral(double from) => GaussLegendreRule.Integrate(Density, from, Math.PI / 2 * .9999999, 512);
        return Integral(Math.Atan(t)) / Integral(0);
    }
}
