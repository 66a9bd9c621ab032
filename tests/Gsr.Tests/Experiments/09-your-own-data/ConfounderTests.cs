using Gsr.Experiments.OwnData;
using Gsr.SingleCell;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.OwnData;

public sealed class ConfounderTests
{
    [Fact]
    public void Depth_and_batches_that_explain_a_module_are_warned_of()
    {
        var random = new Random(1);
        var modules = new float[400, 3];
        var (depth, batch) = (new double[400], new string[400]);
        for (var cell = 0; cell < 400; cell++)
        {
            (modules[cell, 0], modules[cell, 1]) = (random.NextSingle(), random.NextSingle());
            depth[cell] = Math.Exp(7 + (3 * modules[cell, 1]));
            batch[cell] = $"b{cell % 4}";
            modules[cell, 2] = (cell % 4) + (0.1f * random.NextSingle());
        }

        var table = Table(400).With("total_counts", depth).With("Batch", batch).With("type", batch);
        var found = Confounder.Of(modules, table, "", "type");
        Assert.Equal(["total_counts", "Batch"], found.Select(one => one.Name));
        Assert.InRange(found[0].Correlations[1], 0.99, 1);
        Assert.InRange(found[0].Explained[0], 0, 0.05);
        Assert.Contains("module 2", Assert.Single(found[0].Warnings()));
        Assert.InRange(found[1].Explained[2], 0.98, 1);
        Assert.InRange(found[1].Explained[0], 0, 0.05);
        Assert.Contains("module 3", Assert.Single(found[1].Warnings()));
        Assert.Empty(Confounder.Of(modules, table, "", "total_counts", "Batch"));
    }

    [Fact]
    public void The_share_between_groups_is_that_of_the_sums_of_squares()
    {
        float[,] modules = { { 1 }, { 2 }, { 4 }, { 9 } };
        var found = Assert.Single(Confounder.Of(modules, Table(4).With("donor", ["a", "a", "b", null!]), ""));
        // Within: (1, 2) leave ½ of 38.
        Near.Equal(1 - (0.5 / 38), Assert.Single(found.Explained));
    }

    [Fact]
    public void What_does_not_vary_or_is_missing_explains_nothing()
    {
        float[,] modules = { { 1 }, { 2 }, { 4 } };
        var table = Table(3).With("pct_counts_mt", [double.NaN, 5, double.NaN]).With("total_counts", [3.0, 3, 3]);
        foreach (var one in Confounder.Of(modules, table, ""))
        {
            Assert.Equal([double.NaN], one.Explained);
            Assert.Empty(one.Warnings());
            Assert.Contains("does not vary", $"{one.Line()}");
        }

        Assert.Single(Confounder.Of(modules, Table(3).With("total_counts", [double.NaN, 1, 100]), ""));
        Assert.Empty(Confounder.Of(new float[3, 0], Table(3).With("batch", ["a", "b", "a"]), "")[0].Explained);
        Assert.Throws<ArgumentException>("modules", () => Confounder.Of(modules, Table(2), ""));
    }

    private static AnnotationTable Table(int cells) => new(Enumerable.Range(0, cells).Select(i => $"c{i}"));
}
