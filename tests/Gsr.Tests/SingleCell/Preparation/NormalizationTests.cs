using Gsr.SingleCell;
using Gsr.SingleCell.Preparation;

namespace Gsr.Tests.SingleCell.Preparation;

public sealed class NormalizationTests
{
    [Fact]
    public void Totals_by_hand()
    {
        // Totals 4, 0, 10, 6: the median of those above 0 is 6.
        var counts = Samples.Of(["a", "b"], [1, 3], [0, 0], [10, 0], [3, 3]);
        foreach (var matrix in (AnnotatedMatrix[])[counts, counts.Sparse()])
        {
            Assert.Equal([1.5f, 4.5f, 0, 0, 6, 0, 3, 3], matrix.NormalizeTotal().Values.ToArray());
            Assert.Equal([25, 75, 0, 0, 100, 0, 50, 50], matrix.NormalizeTotal(100).Values.ToArray());
        }
    }

    [Fact]
    public void Totals_are_equal_and_proportions_stay()
    {
        foreach (var matrix in Samples.Both(3, 60, 40, .2))
        {
            var normalised = matrix.NormalizeTotal(1e4).Values;
            Assert.IsType(matrix.Values.GetType(), normalised);
            Assert.All(normalised.RowSums(), sum => Assert.Equal(1e4, sum, 1e-2));
            double[] before = matrix.Values.Row(7), after = normalised.Row(7);
            Samples.Near(before.Select(v => v / before.Sum()), after.Select(v => v / after.Sum()), 1e-6);
        }
    }

    [Fact]
    public void Logarithm_and_arcsinh()
    {
        var values = Samples.Of(["a", "b", "c", "d"], [0, 1, 1e-6f, 99], [-.5f, 2, 0, 1e30f]);
        Samples.Near([0, Math.Log(2), 9.999995e-7, Math.Log(100), -Math.Log(2), Math.Log(3), 0, 30 * Math.Log(10)],
            values.Log1p().Values.ToArray().Select(v => (double)v), 4e-6);
        Assert.Equal(9.999995e-7, values.Log1p().Values[0, 2], 1e-12);
        // asinh(x) = log(x + √(x² + 1)).
        var signals = Samples.Of(["a", "b", "c"], [0, 5, -20]);
        Samples.Near(
            [0, Math.Log(1 + Math.Sqrt(2)), -Math.Log(4 + Math.Sqrt(17))], signals.Arcsinh().Values.Row(0), 1e-6);
        Samples.Near([0, Math.Log(0.1 + Math.Sqrt(1.01)), -Math.Log(0.4 + Math.Sqrt(1.16))], signals.Arcsinh(50)
            .Values.Row(0), 1e-6);
        Assert.IsType<SparseMatrix>(signals.Sparse().Arcsinh().Values);
    }

    [Fact]
    public void Only_the_values_change()
    {
        var counts = Samples.Of(["a", "b"], [1, 3], [2, 2]).WithCellColumn("n", [1, 2]);
        var kept = counts.NormalizeTotal(1).Log1p();
        Assert.Equal([1, 3, 2, 2], counts.Values.ToArray());
        Assert.Equal([1, 2], kept.CellTable.Numbers("n"));
    }

    [Fact]
    public void What_cannot_be_normalised_is_refused()
    {
        var negative = Samples.Of(["a", "b"], [1, 3], [2, -2]);
        var message = Assert.Throws<ArgumentException>(() => negative.NormalizeTotal()).Message;
        Assert.Contains("-2 for cell 'cell1' and gene 'b'", message);
        Assert.Throws<ArgumentException>("matrix", () => negative.Log1p());
        var broken = Samples.Of(["a"], [float.NaN]);
        Assert.Throws<ArgumentException>(() => broken.Arcsinh());
        Assert.Throws<ArgumentException>(() => broken.Log1p());
        Assert.Throws<ArgumentException>(() => broken.NormalizeTotal());
        Assert.Throws<ArgumentOutOfRangeException>(() => negative.NormalizeTotal(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => negative.Arcsinh(0));
    }

    [Fact]
    public void Scaled_genes_have_mean_zero_and_variance_one()
    {
        foreach (var matrix in Samples.Both(5, 50, 20, .3))
        {
            var scaled = matrix.Scale().Values;
            for (var gene = 0; gene < 20; gene++)
            {
                double[] before = matrix.Values.ColumnOf(gene), column = scaled.ColumnOf(gene);
                double mean = before.Average(), deviation = Math.Sqrt(before.Variance());
                Samples.Near(before.Select(v => (v - mean) / deviation), column, 1e-5);
                Assert.Equal((0, 1), (Math.Round(column.Average(), 5), Math.Round(column.Variance(), 5)));
            }
        }
    }

    [Fact]
    public void Scaling_by_hand()
    {
        // Gene b: mean 0.75, variance (3 · .5625 + 5.0625) / 3 = 2.25.
        var values = Samples.Of(["constant", "b"], [7, 0], [7, 0], [7, 0], [7, 3]);
        foreach (var matrix in (AnnotatedMatrix[])[values, values.Sparse()])
        {
            Assert.Equal([0, -.5f, 0, -.5f, 0, -.5f, 0, 1.5f], matrix.Scale().Values.ToArray());
            Assert.Equal([0, -.25f, 0, -.25f, 0, -.25f, 0, .25f], matrix.Scale(maxValue: .25).Values.ToArray());
        }
        Assert.Throws<ArgumentException>(() => values.SelectCells([0]).Scale());
        Assert.Throws<ArgumentOutOfRangeException>(() => values.Scale(maxValue: -1));
    }
}
