using Gsr.Experiments.Capsules;
using Gsr.Tests.Penalties;

namespace Gsr.Tests.Experiments.Capsules;

public sealed class ImageMomentTests
{
    [Fact]
    public void Moments_of_a_small_image_are_what_one_computes_by_hand()
    {
        // Ink 1 at (1, 0) and 3 at (3, 1): mean (2.5, 0.75).
        var moments = ImageMoments.Of<double>([0, 1, 0, 0, 0, 0, 0, 3], 4);
        Assert.Equal((4.0, 2.5, 0.75), (moments.Ink, moments.X, moments.Y));
        Assert.Equal(0.75, moments.VarianceX, 1e-12);
        Assert.Equal(0.1875, moments.VarianceY, 1e-12);
        Assert.Equal(0.375, moments.Covariance, 1e-12);
        Assert.Equal(Math.Sqrt(0.9375), moments.Extent, 1e-12);
        Assert.Equal(4 / Math.Sqrt(0.9375), moments.Thickness, 1e-12);
        Assert.Equal(-2, moments.Slant, 1e-12);
        Assert.Equal(Math.Sqrt(0.75), moments.Width, 1e-12);
        Assert.Equal(["thickness", "slant", "scale", "width"], ImageMoments.Measures.Select(m => m.Name));
        PenaltyCases.Near(
            [Math.Log(4 / Math.Sqrt(0.9375)), -2, Math.Log(0.9375) / 2, Math.Log(0.75) / 2],
            [.. ImageMoments.Measures.Select(m => m.Of(moments))], 1e-12);
    }

    [Fact]
    public void Bytes_and_floats_and_factors_of_the_ink_give_the_same_shape()
    {
        var random = new Random(1);
        byte[] pixels = [.. Enumerable.Range(0, 28 * 28).Select(_ => (byte)random.Next(256))];
        var bytes = ImageMoments.Of<byte>(pixels, 28);
        var floats = ImageMoments.Of<float>([.. pixels.Select(p => p / 510f)], 28);
        Assert.Equal(bytes.Ink / 510, floats.Ink, 1e-3);
        Assert.Equal(bytes.Slant, floats.Slant, 1e-6);
        Assert.Equal(bytes.Extent, floats.Extent, 1e-6);
    }

    /// <summary>A bar of the given half sizes about the middle, sheared, with soft edges.</summary>
    private static ImageMoments Bar(double width, double height, double slant = 0)
    {
        const int Side = 61;
        var pixels = new float[Side * Side];
        for (var row = 0; row < Side; row++)
        {
            for (var column = 0; column < Side; column++)
            {
                var y = 30 - row;
                var x = column - 30 - (slant * y);
                pixels[(row * Side) + column] = (float)(Soft(width - Math.Abs(x)) * Soft(height - Math.Abs(y)));
            }
        }

        return ImageMoments.Of<float>(pixels, Side);
        static double Soft(double inside) => Math.Clamp(inside + 0.5, 0, 1);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(-0.2)]
    public void Each_measure_answers_to_its_own_change(double change)
    {
        var plain = Bar(4, 20);
        Assert.Equal(change, Bar(4, 20, slant: change).Slant - plain.Slant, 0.01);
        Assert.Equal(1 + change, Bar(4 * (1 + change), 20).Width / plain.Width, 0.02);
        Assert.Equal(plain.Extent * (1 + change), Bar(4 * (1 + change), 20 * (1 + change)).Extent, 0.1);
        // A thin line's thickness grows as its width.
        Assert.Equal(1 + change, Bar(2 * (1 + change), 25).Thickness / Bar(2, 25).Thickness, 0.02);
    }

    [Fact]
    public void A_blank_image_has_no_shape()
    {
        var blank = ImageMoments.Of<float>(new float[9], 3);
        Assert.Equal(0, blank.Ink);
        Assert.True(double.IsNaN(blank.X) && double.IsNaN(blank.Extent) && double.IsNaN(blank.Slant)
            && double.IsNaN(blank.Thickness));
        var dot = ImageMoments.Of<float>([0, 0, 0, 0, 1, 0, 0, 0, 0], 3);
        Assert.Equal((1, 1, 0), (dot.X, dot.Y, dot.Extent));
        Assert.True(double.IsNaN(dot.Slant));
    }
}
