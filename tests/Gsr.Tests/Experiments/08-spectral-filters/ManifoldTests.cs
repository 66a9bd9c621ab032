using Gsr.Experiments.SpectralFilters;

namespace Gsr.Tests.Experiments.SpectralFilters;

public sealed class ManifoldTests
{
    [Fact]
    public void A_whole_turn_brings_the_same_image_back()
    {
        foreach (var angle in new[] { 0.0, 0.4, 2, 5 })
        {
            float[] one = RotatingSolid.Draw(angle, 28), later = RotatingSolid.Draw(angle + (2 * Math.PI), 28);
            Assert.True(one.Zip(later, (a, b) => Math.Abs(a - b)).Max() < 1e-3);
        }
    }

    [Fact]
    public void Every_side_looks_different_and_neighbouring_sides_look_alike()
    {
        var turn = RotatingSolid.Turn(72, side: 20);
        Assert.Equal("rotating solid, 72 samples of 400 numbers", turn.ToString());
        for (var i = 0; i < 72; i++)
        {
            var nearest = Enumerable.Range(0, 72).Where(j => j != i)
                .MinBy(j => Distance(turn.Sample(i), turn.Sample(j)));
            Assert.True(Math.Min((nearest - i + 72) % 72, (i - nearest + 72) % 72) == 1, $"{i} looks like {nearest}");
            // Neither half a turn nor a mirror gives the same view.
            var step = Distance(turn.Sample(i), turn.Sample((i + 1) % 72));
            Assert.True(Distance(turn.Sample(i), turn.Sample((i + 36) % 72)) > 2 * step);
        }
    }

    [Fact]
    public void Images_are_grey_on_black_in_the_middle()
    {
        var image = RotatingSolid.Draw(1, 40);
        Assert.All(image, v => Assert.InRange(v, 0, 1.0001f));
        for (var i = 0; i < 40; i++) Assert.Equal(
            (0, 0, 0, 0), (image[i], image[(39 * 40) + i], image[i * 40], image[(i * 40) + 39]));
        Assert.True(image[(22 * 40) + 20] > 0.2);
        // Shading: faces of at least three brightnesses.
        Assert.True(
            image.Select(v => Math.Round(v, 2)).Where(v => v > 0.15).CountBy(v => v).Count(c => c.Value > 15) >= 3);
    }

    [Fact]
    public void A_curve_is_smooth_open_and_as_long_as_asked()
    {
        var curve = ManifoldData.Curve(101, 5, noise: 0);
        Assert.Equal((101, 30, 0.0, 1.0), (curve.Count, curve.Columns, curve.Positions[0], curve.Positions[^1]));
        double[] steps = [.. Enumerable.Range(0, 100).Select(i => Distance(curve.Sample(i), curve.Sample(i + 1)))];
        Assert.True(steps.Max() < 0.8 && steps.Min() > 0);
        Assert.True(Distance(curve.Sample(0), curve.Sample(100)) > 3 * steps.Max());
        Assert.Equal(curve.Values, ManifoldData.Curve(101, 5, noise: 0).Values);
        Assert.NotEqual(curve.Values, ManifoldData.Curve(101, 6, noise: 0).Values);
        var noisy = ManifoldData.Curve(101, 5, noise: 0.2);
        Assert.Equal(
            0.2, Math.Sqrt(curve.Values.Zip(noisy.Values, (a, b) => (double)(a - b) * (a - b)).Average()), 0.02);
    }

    [Fact]
    public void Samples_spread_over_a_turn_are_its_own()
    {
        var turn = RotatingSolid.Turn(12, side: 6);
        var spread = turn.Spread(4);
        Assert.Equal((4, 36), (spread.GetLength(0), spread.GetLength(1)));
        Assert.Equal(turn.Sample(9).Select(v => (double)v), Enumerable.Range(0, 36).Select(j => spread[3, j]));
    }

    private static double Distance(float[] a, float[] b) =>
        Math.Sqrt(a.Zip(b, (p, q) => (double)(p - q) * (p - q)).Sum());
}
