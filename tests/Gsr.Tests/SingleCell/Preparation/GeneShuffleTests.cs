using Gsr.SingleCell;
using Gsr.SingleCell.Preparation;

namespace Gsr.Tests.SingleCell.Preparation;

public sealed class GeneShuffleTests
{
    [Fact]
    public void Every_gene_keeps_its_values_in_another_order_sparse_or_not()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            var both = Samples.Both(seed, 40, 7, 0.5);
            AnnotatedMatrix dense = both[0].ShuffleWithinGenes(seed), sparse = both[1].ShuffleWithinGenes(seed);
            Assert.IsType<SparseMatrix>(sparse.Values);
            Assert.Equal(dense.Values.ToArray(), sparse.Values.ToArray());
            Assert.NotEqual(both[0].Values.ToArray(), dense.Values.ToArray());
            for (int gene = 0; gene < 7; gene++)
                Assert.Equal(both[0].Values.Column(gene).Order(), dense.Values.Column(gene).Order());
        }
    }

    [Fact]
    public void Equal_genes_get_unequal_orders_and_equal_seeds_equal_ones()
    {
        var cells = Samples.Of(["a", "b"], [.. Enumerable.Range(0, 50).Select(i => new float[] { i, i })]);
        var shuffled = cells.ShuffleWithinGenes(3);
        Assert.NotEqual(shuffled.Gene("a"), shuffled.Gene("b"));
        Assert.Equal(shuffled.Values.ToArray(), cells.ShuffleWithinGenes(3).Values.ToArray());
        Assert.NotEqual(shuffled.Values.ToArray(), cells.ShuffleWithinGenes(4).Values.ToArray());
        Assert.Equal(shuffled.Gene("a"), cells.SelectGenes([0]).ShuffleWithinGenes(3).Gene("a"));
    }

    [Fact]
    public void All_orders_are_alike_probable()
    {
        var cells = Samples.Of(["a"], [0], [1], [2]);
        int[] counts = [
            .. Enumerable.Range(0, 1200).Select(seed => string.Join("", cells.ShuffleWithinGenes(seed).Gene("a")))
                .CountBy(order => order).Select(pair => pair.Value)];
        Assert.Equal(6, counts.Length);
        // 200 ± 13 each; four deviations.
        Assert.All(counts, count => Assert.InRange(count, 148, 252));
    }
}
