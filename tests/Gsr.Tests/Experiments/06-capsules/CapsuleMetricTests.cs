using Gsr.Experiments.Capsules;

namespace Gsr.Tests.Experiments.Capsules;

public sealed class CapsuleMetricTests
{
    private const int Capsules = 10, Dimensions = 8, Pixels = 30;

    private static double[,,] Fill(int last, Func<int, int, int, double> value)
    {
        var cube = new double[Capsules, Dimensions, last];
        for (var i = 0; i < Capsules; i++)
            for (var d = 0; d < Dimensions; d++)
                for (var p = 0; p < last; p++) cube[i, d, p] = value(i, d, p);
        return cube;
    }

    private static double[,,] Random(int last, int seed)
    {
        var random = new Random(seed);
        return Fill(last, (_, _, _) => (2 * random.NextDouble()) - 1);
    }

    [Fact]
    public void The_same_change_in_all_capsules_is_perfect_whatever_its_size()
    {
        var pattern = Random(Pixels, 1);
        var changes = Fill(Pixels, (i, d, p) => (1 + i) * pattern[0, d, p]);
        Assert.All(CapsuleAlignment.Of(changes), value => Assert.Equal(1, value, 1e-9));
        var test = CapsuleAlignment.Test(changes);
        Assert.Equal(1, test.Score, 1e-9);
        Assert.Equal(0.001, test.PValue, 1e-9);
        Assert.InRange(test.NullMean, 0.05, 0.25);
    }

    [Fact]
    public void Unrelated_changes_are_worthless()
    {
        var p = Enumerable.Range(0, 20).Select(seed => CapsuleAlignment.Test(Random(Pixels, seed), 199).PValue)
            .ToArray();
        Assert.InRange(p.Average(), 0.3, 0.7);
        Assert.All(CapsuleAlignment.Of(Random(2000, 3)), value => Assert.InRange(value, -0.05, 0.05));
    }

    [Fact]
    public void A_renumbering_of_one_capsules_dimensions_is_noticed()
    {
        var pattern = Random(Pixels, 1);
        var whole = CapsuleAlignment.Test(Fill(Pixels, (_, d, p) => pattern[0, d, p]));
        var moved = CapsuleAlignment.Test(Fill(Pixels, (i, d, p) => pattern[0, i == 3 ? (d + 1) % Dimensions : d, p]));
        // Of 45 pairs 9 have lost their partner.
        Assert.InRange(moved.Score, 0.7, 0.9);
        Assert.Equal(1, whole.Score, 1e-9);
    }

    [Fact]
    public void Opposite_changes_are_negative_and_cosines_are_those_of_a_plain_loop()
    {
        var opposite = Fill(Pixels, (i, d, p) => (i % 2 == 0 ? 1 : -1) * (p + 1.0));
        // 20 equal pairs and 25 opposite ones.
        Assert.All(CapsuleAlignment.Of(opposite), value => Assert.Equal(-5 / 45.0, value, 1e-9));
        var changes = Random(Pixels, 5);
        var expected = 0.0;
        for (var i = 0; i < Capsules; i++)
        {
            for (var j = 0; j < i; j++)
            {
                double ab = 0, aa = 0, bb = 0;
                for (var p = 0; p < Pixels; p++)
                {
                    ab += changes[i, 2, p] * changes[j, 2, p];
                    aa += changes[i, 2, p] * changes[i, 2, p];
                    bb += changes[j, 2, p] * changes[j, 2, p];
                }

                expected += ab / Math.Sqrt(aa * bb) / 45;
            }
        }

        Assert.Equal(expected, CapsuleAlignment.Of(changes)[2], 1e-9);
        Assert.Equal(CapsuleAlignment.Of(changes).Average(), CapsuleAlignment.Test(changes, 1).Score, 1e-9);
    }

    [Fact]
    public void A_dimension_without_a_change_has_no_direction()
    {
        var changes = Fill(Pixels, (i, d, p) => d == 0 || (d == 1 && i > 1) || (d == 2 && i > 0) ? 0 : p + 1.0);
        var alignment = CapsuleAlignment.Of(changes);
        Assert.Equal(double.NaN, alignment[0]);
        Assert.Equal(1, alignment[1], 1e-9);
        Assert.Equal(double.NaN, alignment[2]);
        Assert.Equal(1, CapsuleAlignment.Test(changes, 9).Score, 1e-9);
    }

    private static double[,] Table(Func<int, int, double> value)
    {
        var table = new double[Capsules, Dimensions];
        for (var i = 0; i < Capsules; i++)
            for (var d = 0; d < Dimensions; d++) table[i, d] = value(i, d);
        return table;
    }

    [Fact]
    public void The_dimension_of_the_largest_response_is_chosen_by_one_table_and_counted_in_the_other()
    {
        // Dimension 3 is largest although its signs differ; in the other table seven capsules go down with it.
        var choosing = Table((i, d) => (d == 3 ? 5 : 1) * (i % 2 == 0 ? 1 : -1));
        var counted = Table((i, d) => d == 3 ? (i < 7 ? -0.1 : 0.1) : 9);
        var shared = SharedDimension.Of(choosing, counted);
        Assert.Equal((3, 7), (shared.Dimension, shared.Agreeing));
        // Renumbered, an equal place of other dimensions has ten of one sign: it can only do better.
        Assert.InRange(shared.PValue, 0.9, 1);
        Assert.Throws<ArgumentException>("counted", () => SharedDimension.Of(choosing, new double[Capsules, 2]));
    }

    [Fact]
    public void One_meaning_in_all_capsules_is_beyond_chance_and_one_meaning_each_is_not()
    {
        var random = new Random(4);
        var noise = Table((_, _) => random.NextDouble() - 0.5);
        var same = Table((i, d) => noise[i, d] + (d == 2 ? -2 : 0));
        var shared = SharedDimension.Of(same, same);
        Assert.Equal((2, 10), (shared.Dimension, shared.Agreeing));
        Assert.InRange(shared.PValue, 0.001, 0.02);
        // Each capsule has a strong dimension, but another one.
        var own = Table((i, d) => noise[i, d] + (d == i % Dimensions ? -2 : 0));
        Assert.True(SharedDimension.Of(own, own).PValue > 0.05);
    }

    [Fact]
    public void Under_the_null_p_is_not_too_often_small_and_the_count_is_what_ten_coins_give()
    {
        var random = new Random(7);
        SharedDimension[] all = [.. Enumerable.Range(0, 300).Select(_ =>
        {
            double Next() => random.NextDouble() - 0.5;
            return SharedDimension.Of(Table((_, _) => Next()), Table((_, _) => Next()), 99);
        })];
        // E max(h, 10 - h) over 10 fair coins = 5 + 5 C(10, 5) / 2¹⁰ = 6.23.
        Assert.Equal(6.23, all.Average(s => s.Agreeing), 0.2);
        Assert.Equal(6.23, all.Average(s => s.NullMean), 0.1);
        Assert.InRange(all.Count(s => s.PValue <= 0.1) / 300.0, 0, 0.15);
    }

    [Fact]
    public void Nothing_has_no_sign()
    {
        var silent = Table((i, d) => d == 0 ? (i < 2 ? double.NaN : 0) : 0);
        var shared = SharedDimension.Of(silent, silent);
        Assert.Equal((0, 1.0), (shared.Agreeing, shared.PValue));
    }

    [Fact]
    public void Pooled_p_values_are_fishers()
    {
        Assert.Equal(0.3, SharedDimension.Pooled([0.3]), 1e-9);
        // χ² of 4 degrees of freedom: P = e^(-x/2) (1 + x/2) with x/2 = -ln(p q).
        Assert.Equal(0.02 * (1 - Math.Log(0.02)), SharedDimension.Pooled([0.1, 0.2]), 1e-9);
        Assert.Equal(1, SharedDimension.Pooled([1, 1, 1]), 1e-9);
        Assert.Throws<ArgumentException>("pValues", () => SharedDimension.Pooled([]));
    }

    [Fact]
    public void A_null_is_reproducible_and_its_numbers_are_those_of_its_values()
    {
        var test = new DimensionShuffleTest(3, [.. Enumerable.Range(1, 99).Select(i => i / 25.0)]);
        Assert.Equal(2, test.NullMean, 1e-9);
        // 75 .. 99 of 99 reach 3.
        Assert.Equal(26 / 100.0, test.PValue, 1e-9);
        var changes = Random(Pixels, 2);
        Assert.Equal(CapsuleAlignment.Test(changes, 50, 7).Null, CapsuleAlignment.Test(changes, 50, 7).Null);
        Assert.NotEqual(CapsuleAlignment.Test(changes, 50, 7).Null, CapsuleAlignment.Test(changes, 50, 8).Null);
        // Every capsule keeps each of its dimensions once.
        DimensionShuffleTest.Of(3, 5, places =>
        {
            Assert.All(places, order => Assert.Equal([0, 1, 2, 3, 4], order.Order()));
            return 0;
        }, 20);
    }
}
