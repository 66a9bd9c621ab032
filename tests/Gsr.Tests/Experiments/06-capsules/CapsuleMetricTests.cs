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

    [Fact]
    public void Signs_that_agree_are_1_and_random_ones_what_ten_coins_give()
    {
        var agreeing = new double[Capsules, Dimensions];
        for (var i = 0; i < Capsules; i++)
            for (var d = 0; d < Dimensions; d++) agreeing[i, d] = (d % 2 == 0 ? 1 : -1) * (i + 1);
        Assert.All(SharedResponse.SignAgreement(agreeing), share => Assert.Equal(1, share));
        Assert.Equal(0.001, SharedResponse.SignTest(agreeing).PValue, 1e-9);
        var random = new Random(4);
        var coins = new double[Capsules, 4000];
        for (var i = 0; i < Capsules; i++)
            for (var d = 0; d < 4000; d++) coins[i, d] = random.NextDouble() - 0.5;
        // E max(h, 10 - h) / 10 over 10 fair coins = 0.5 + 5 C(10, 5) / 2¹⁰ / 10 = 0.623.
        Assert.Equal(0.623, SharedResponse.SignAgreement(coins).Average(), 0.01);
        var silent = new double[Capsules, 2];
        silent[0, 0] = double.NaN;
        silent[1, 1] = 3;
        Assert.Equal([0, 0.1], SharedResponse.SignAgreement(silent));
    }

    [Fact]
    public void A_factor_shared_by_all_capsules_is_found_with_its_sign()
    {
        var shared = Fill(3, (_, d, f) => f == d % 3 ? (d < 3 ? 0.9 : -0.8) : 0.1);
        var factors = SharedResponse.Factors(shared);
        Assert.Equal([0, 1, 2, 0, 1, 2, 0, 1], factors.Select(x => x.Factor));
        Assert.Equal(0.9, factors[0].Correlation, 1e-9);
        Assert.Equal(-0.8, factors[4].Correlation, 1e-9);
        var test = SharedResponse.FactorTest(shared);
        Assert.True(test.PValue <= 0.001 && test.Score > test.NullRange.High);

        // Every capsule follows a factor, but each its own, or with a sign of its own.
        var own = SharedResponse.FactorTest(Fill(3, (i, d, f) => f == (d + i) % 3 ? 0.9 : 0));
        Assert.InRange(own.Score, 0.3, 0.4);
        Assert.True(own.PValue > 0.5);
        Assert.All(
            SharedResponse.Factors(Fill(1, (i, _, _) => i % 2 == 0 ? 0.9 : -0.9)), x =>
                Assert.Equal(0, x.Correlation, 1e-9));
        Assert.All(SharedResponse.Factors(Fill(1, (i, _, _) => double.NaN)), x => Assert.Equal(0, x.Correlation));
    }

    [Fact]
    public void Geometry_of_aligned_opposite_and_missing_capsules()
    {
        // Two classes of two dimensions: lengths 5 and 0.5, in the same direction, then at a right angle, then missing.
        double[,] capsules = { { 3, 4, 0.3, 0.4 }, { 0.4, -0.3, 3, 4 }, { 3, 4, 0, 0 } };
        var geometry = CapsuleGeometry.Of(capsules, [0, 1, 0], 2);
        Assert.Equal(5, geometry.OwnLength, 1e-9);
        Assert.Equal(1 / 3.0, geometry.OtherLength, 1e-9);
        Assert.Equal(1 / 3.0, geometry.Cosine, 1e-9);
        Assert.Equal(-1, CapsuleGeometry.Of(new double[,] { { 1, 2, -2, -4 } }, [1], 2).Cosine, 1e-9);
        Assert.Throws<ArgumentException>("labels", () => CapsuleGeometry.Of(capsules, [2, 0, 0], 2));
        Assert.Throws<ArgumentException>("classes", () => CapsuleGeometry.Of(capsules, [0, 0, 0], 3));
        Assert.Throws<ArgumentException>("labels", () => CapsuleGeometry.Of(capsules, [0], 2));
    }

    [Fact]
    public void Correlations_with_factors_are_over_the_capsules_own_class()
    {
        // Class 0 follows the factor with its first dimension, class 1 against it with its second; the rest is constant
        // or another's.
        double[,] capsules = {
            { 1, 7, 9, 9 }, { 9, 9, 5, 3 }, { 2, 7, 9, 9 }, { 9, 9, 5, 2 }, { 3, 7, 9, 9 }, { 9, 9, 5, 1 } };
        var factors = new double[,] { { 10 }, { 1 }, { 20 }, { 2 }, { 40 }, { 8 } };
        var correlations = SharedResponse.FactorCorrelations(capsules, [0, 1, 0, 1, 0, 1], factors, 2);
        Assert.Equal([1, double.NaN, double.NaN, -1], correlations.Cast<double>().Select(r => Math.Round(r, 9)));
    }

    [Fact]
    public void A_null_is_reproducible_and_its_numbers_are_those_of_its_values()
    {
        var test = new DimensionShuffleTest(3, [.. Enumerable.Range(1, 99).Select(i => i / 25.0)]);
        Assert.Equal(2, test.NullMean, 1e-9);
        // 75 .. 99 of 99 reach 3.
        Assert.Equal(26 / 100.0, test.PValue, 1e-9);
        Assert.Equal((3 / 25.0, 97 / 25.0), test.NullRange);
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
