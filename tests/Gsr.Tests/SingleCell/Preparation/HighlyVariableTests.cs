using Gsr.SingleCell;
using Gsr.SingleCell.Preparation;

namespace Gsr.Tests.SingleCell.Preparation;

public sealed class HighlyVariableTests
{
    [Fact]
    public void Dispersions_by_hand()
    {
        // exp(x) - 1 is 0 and 2 for gene a: mean 1, variance 2, dispersion log 2; 4 and 6 for b: mean 5, dispersion log
        // .4.
        var cells = Samples.Of(["a", "b", "silent"],
            [0, MathF.Log(5), 0], [MathF.Log(3), MathF.Log(7), 0]).FindHighlyVariableGenes();
        Samples.Near([Math.Log(2), Math.Log(6), 1e-12], cells.GeneTable.Numbers("means"), 1e-6);
        Samples.Near([Math.Log(2), Math.Log(.4), double.NaN], cells.GeneTable.Numbers("dispersions"), 1e-6);
        // Each alone in its bin.
        Assert.Equal([1, 1, double.NaN], cells.GeneTable.Numbers("dispersions_norm"));
        Assert.Equal([1, 1, 0], cells.GeneTable.Numbers("highly_variable"));
    }

    [Fact]
    public void Agrees_with_the_definition_on_random_data()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var both = Samples.Both(seed, 40, 200, .05 + (.02 * seed));
            foreach (var counts in both)
            {
                var matrix = counts.NormalizeTotal().Log1p();
                var found = matrix.FindHighlyVariableGenes();
                (var means, var dispersions, var scores) = Slow(matrix, 20);
                Samples.Near(means, found.GeneTable.Numbers("means"), 1e-9);
                Samples.Near(dispersions, found.GeneTable.Numbers("dispersions"), 1e-9);
                Samples.Near(scores, found.GeneTable.Numbers("dispersions_norm"), 1e-6);
                Assert.Equal(means.Zip(scores, (mean, z) => mean > .0125 && mean < 3 && z > .5 ? 1.0 : 0),
                    found.GeneTable.Numbers("highly_variable"));
            }
        }
    }

    [Fact]
    public void The_top_genes_are_those_of_highest_score()
    {
        var matrix = Samples.Both(7, 50, 300, .2)[1].NormalizeTotal().Log1p();
        foreach (var top in (int[])[1, 25, 100])
        {
            var found = matrix.FindHighlyVariableGenes(top);
            double[] scores = found.GeneTable.Numbers("dispersions_norm"),
                chosen = found.GeneTable.Numbers("highly_variable");
            Assert.Equal(top, chosen.Sum());
            Assert.True(Enumerable.Range(0, 300).Where(g => chosen[g] == 1).Min(g => scores[g])
                > Enumerable.Range(0, 300).Where(g => chosen[g] == 0).Max(g => scores[g]));
        }
        // More than there are: all that have a score.
        Assert.Equal(300, matrix.FindHighlyVariableGenes(1000).GeneTable.Numbers("highly_variable").Sum());
        var selected = matrix.FindHighlyVariableGenes(25).SelectHighlyVariableGenes();
        Assert.Equal((25, 300), (selected.GeneCount, selected.Raw!.GeneCount));
    }

    [Fact]
    public void Degenerate_input()
    {
        var constant = Samples.Of(["a", "b"], [1, 2], [1, 2], [1, 2]);
        var found = constant.FindHighlyVariableGenes();
        Assert.All(found.GeneTable.Numbers("dispersions_norm"), z => Assert.True(double.IsNaN(z)));
        Assert.Equal(0, found.GeneTable.Numbers("highly_variable").Sum());
        Assert.Equal(0, constant.FindHighlyVariableGenes(topGenes: 2).GeneTable.Numbers("highly_variable").Sum());
        Assert.Throws<ArgumentException>("matrix", () => constant.SelectCells([0]).FindHighlyVariableGenes());
        Assert.Throws<ArgumentException>(() => Samples.Of(["a"], [-1], [1]).FindHighlyVariableGenes());
        Assert.Throws<ArgumentOutOfRangeException>(() => constant.FindHighlyVariableGenes(topGenes: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => constant.FindHighlyVariableGenes(bins: 0));
        Assert.Throws<KeyNotFoundException>(() => constant.SelectHighlyVariableGenes());
    }

    /// <summary>The definition gene by gene, each bin looked for by its edges.</summary>
    private static (double[] Means, double[] Dispersions, double[] Scores) Slow(AnnotatedMatrix matrix, int bins)
    {
        var genes = matrix.GeneCount;
        double[] means = new double[genes], dispersions = new double[genes], scores = new double[genes];
        for (var gene = 0; gene < genes; gene++)
        {
            double[] counts = [.. matrix.Values.ColumnOf(gene).Select(x => Math.Exp(x) - 1)];
            var mean = counts.Average() == 0 ? 1e-12 : counts.Average();
            means[gene] = Math.Log(1 + mean);
            dispersions[gene] = counts.Variance() == 0 ? double.NaN : Math.Log(counts.Variance() / mean);
        }
        double low = means.Min(), width = (means.Max() - low) / bins;
        for (var bin = 0; bin < bins; bin++)
        {
            int[] inside = [.. Enumerable.Range(0, genes).Where(g =>
                (means[g] > low + (bin * width) || bin == 0)
                && (means[g] <= low + ((bin + 1) * width) || bin == bins - 1))];
            double[] own = [.. inside.Select(g => dispersions[g]).Where(d => !double.IsNaN(d))];
            foreach (var gene in inside)
            {
                scores[gene] = double.IsNaN(dispersions[gene]) ? double.NaN : own.Length == 1 ? 1
                    : (dispersions[gene] - own.Average()) / Math.Sqrt(own.Variance());
            }
        }
        return (means, dispersions, scores);
    }
}
