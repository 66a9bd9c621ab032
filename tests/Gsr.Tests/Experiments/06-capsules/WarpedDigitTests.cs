using Gsr.Experiments;
using Gsr.Experiments.Capsules;

namespace Gsr.Tests.Experiments.Capsules;

[Collection(Alone.Name)]
public sealed class WarpedDigitTests
{
    private static readonly byte[] Digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

    [Fact]
    public void Each_factor_changes_its_own_measure_by_its_own_amount()
    {
        // A slanted spot in the middle, far from the border: variances 6 and 9, covariance 2.
        var spot = new byte[784];
        for (var i = 0; i < 784; i++)
        {
            var (x, y) = ((i % 28) - 13.5, (i / 28) - 13.5);
            spot[i] = (byte)Math.Round(255 * Math.Exp(-((9 * x * x) - (4 * x * y) + (6 * y * y)) / 100));
        }
        var (_, measures) = WarpedDigits.Of(
            new ImageDataSet(28, 28, [.. Enumerable.Repeat(spot, 10).SelectMany(p => p)], Digits));
        foreach (var digit in Digits)
        {
            Assert.InRange(measures[digit, 0], 0.1, 1);
            Assert.Equal(0.2, measures[digit, 1], 0.004);
            // ln 1.05 - ln .95, less what interpolation adds to both variances, at most 1/6 of 6.
            Assert.Equal(0.1, measures[digit, 2], 0.004);
            Assert.Equal(0.1, measures[digit, 3], 0.004);
        }
    }

    [Fact]
    public void A_bar_becomes_thicker_at_its_edges_and_larger_at_its_ends()
    {
        // Full ink in rows 10 to 17 of columns 13 and 14, the middle, for every digit.
        var pixels = new byte[10 * 784];
        for (var digit = 0; digit < 10; digit++)
            for (var row = 10; row < 18; row++)
                foreach (var column in new[] { 13, 14 }) pixels[(digit * 784) + (row * 28) + column] = 255;
        var (changes, measures) = WarpedDigits.Of(new ImageDataSet(28, 28, pixels, Digits));
        // Half of the ink beside the bar comes, half of its edge goes.
        Assert.Equal(0.5, changes[4, 0, (13 * 28) + 12], 1e-6);
        Assert.Equal(0.5, changes[4, 0, (13 * 28) + 13], 1e-6);
        Assert.Equal(0, changes[4, 0, (13 * 28) + 11], 1e-6);
        // To the right above, to the left below.
        Assert.True(changes[0, 1, (10 * 28) + 15] > 0.1 && changes[0, 1, (17 * 28) + 12] > 0.1);
        Assert.True(changes[0, 1, (10 * 28) + 12] < 0.1 && changes[0, 1, (17 * 28) + 15] < 0.1);
        // Up and down for the size, sideways alone for the width.
        Assert.True(changes[9, 2, (9 * 28) + 13] > 0.1);
        Assert.Equal(0, changes[9, 3, (9 * 28) + 13], 1e-6);
        Assert.True(measures[9, 3] > 0.05);
        var data = DigitGenerator.Generate(20, seed: 1);
        Assert.Equal(0, Alone.Growth(3, () => WarpedDigits.Of(data)));
    }
}
