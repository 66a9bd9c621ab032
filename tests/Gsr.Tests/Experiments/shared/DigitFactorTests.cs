using Gsr.Experiments;
using Gsr.Experiments.Capsules;

namespace Gsr.Tests.Experiments;

/// <summary>Each factor moves the image as its description says.</summary>
public class DigitFactorTests
{
    private static readonly DigitFactors Plain = new(0, 0, Thickness: 2, Scale: 1, 0, 0, Style: 0, Noise: 0);

    /// <summary>All ways of writing all digits, each by two hands.</summary>
    private static IEnumerable<(int Digit, DigitFactors Factors, int Seed)> Shapes() =>
        from digit in Enumerable.Range(0, 10)
        from style in Enumerable.Range(0, DigitShapes.Strokes[digit].Length)
        from seed in new[] { 1, 2 }
        select (digit, Plain with { Style = style }, seed);

    private static ImageMoments Measure(int digit, DigitFactors factors, int seed) =>
        ImageMoments.Of<byte>(DigitGenerator.Draw(digit, factors, seed), DigitGenerator.Side);

    [Theory]
    [InlineData(-20)]
    [InlineData(7.5)]
    [InlineData(20)]
    public void Rotation_turns_the_digit_counter_clockwise(double degrees)
    {
        foreach (var (digit, factors, seed) in Shapes())
        {
            var before = Measure(digit, factors, seed);
            // The orientation of a digit that is about as wide as high is all rounding.
            (var x, var y) = (before.VarianceX, before.VarianceY);
            if (Math.Max(x, y) < 1.8 * Math.Min(x, y)) continue;
            var after = Measure(digit, factors with { RotationDegrees = degrees }, seed);
            // A direction has no sign: 89 and -89 degrees are 2 apart.
            Assert.Equal(degrees, Math.IEEERemainder(Direction(after) - Direction(before), 180), 1.5);
            Assert.Equal(before.Extent, after.Extent, 0.1);
        }

        // Degrees, counter-clockwise, from the x axis to the direction of largest variance.
        static double Direction(ImageMoments m) =>
            90 / Math.PI * Math.Atan2(-2 * m.Covariance, m.VarianceX - m.VarianceY);
    }

    [Fact]
    public void Rotation_by_a_quarter_is_a_quarter_turn_of_the_pixels()
    {
        foreach (var (digit, factors, seed) in Shapes())
        {
            var before = DigitGenerator.Draw(digit, factors, seed);
            var after = DigitGenerator.Draw(digit, factors with { RotationDegrees = 90 }, seed);
            for (var row = 0; row < 28; row++)
            {
                for (var column = 0; column < 28; column++)
                    Assert.Equal(before[(row * 28) + column], after[((27 - column) * 28) + row], 1.0);
            }
        }
    }

    [Theory]
    [InlineData(-0.15)]
    [InlineData(0.35)]
    public void Slant_leans_the_digit_to_the_right(double slant)
    {
        foreach (var (digit, factors, seed) in Shapes())
        {
            var before = Measure(digit, factors, seed).Slant;
            var moved = Measure(digit, factors with { Slant = slant }, seed).Slant - before;
            // Exact for a straight 1; where strokes run across, shear changes how much ink lies where.
            var bar = digit == 1 && factors.Style == 0;
            Assert.InRange(moved / slant, bar ? 0.95 : 0.6, bar ? 1.05 : 1.4);
        }
    }

    [Fact]
    public void Thickness_is_the_width_of_the_stroke()
    {
        foreach (var (digit, factors, seed) in Shapes())
        {
            double Ink(double thickness) => Measure(digit, factors with { Thickness = thickness }, seed).Ink;
            Assert.True(Ink(1.5) < Ink(2) && Ink(2) < Ink(3.5));
            // Below a pixel the ink fades instead.
            Assert.InRange(Ink(0.5) / Ink(1), 0.2, 0.8);
        }
        // A straight upright stroke crosses the image's middle row once: the ink of the row is the width.
        var bar = DigitGenerator.Draw(1, Plain with { Thickness = 3 }, seed: 4);
        Assert.InRange(Enumerable.Range(14 * 28, 28).Sum(i => bar[i] / 255.0), 2.95, 3.3);
    }

    [Fact]
    public void Scale_is_the_extent()
    {
        foreach (var (digit, factors, seed) in Shapes())
        {
            var thin = factors with { Thickness = 1 };
            var ratio = Measure(digit, thin with { Scale = 1.1 }, seed).Extent
                / Measure(digit, thin with { Scale = 0.85 }, seed).Extent;
            Assert.Equal(1.1 / 0.85, ratio, 0.06);
        }
    }

    [Fact]
    public void Shift_is_where_the_centre_of_mass_is()
    {
        foreach (var (digit, factors, seed) in Shapes())
        {
            var moments = Measure(digit, factors with { ShiftX = 1, ShiftY = -0.5 }, seed);
            Assert.Equal(13.5 + 1, moments.X, 0.1);
            Assert.Equal(13.5 - 0.5, moments.Y, 0.1);
        }
        Assert.All(DigitGenerator.Draw(5, Plain with { ShiftX = 1e9 }, 1), pixel => Assert.Equal(0, pixel));
    }

    [Fact]
    public void Noise_is_Gaussian_on_the_background_and_clipped()
    {
        var blank = Plain with { ShiftX = 1_000, Noise = 0.2 };
        var mean = Enumerable.Range(0, 50)
            .Average(seed => DigitGenerator.Draw(3, blank, seed).Average(pixel => pixel / 255.0));
        // The mean of max(0, z) for z normal of standard deviation s is s/√(2π).
        Assert.Equal(0.2 / Math.Sqrt(2 * Math.PI), mean, 0.003);
    }

    [Fact]
    public void Styles_are_different_drawings()
    {
        foreach (var digit in Enumerable.Range(0, 10))
        {
            var drawings = Enumerable.Range(0, DigitShapes.Strokes[digit].Length)
                .Select(style => DigitGenerator.Draw(digit, Plain with { Style = style }, 1)).ToList();
            Assert.InRange(drawings.Count, 2, 3);
            for (var a = 0; a < drawings.Count; a++)
            {
                for (var b = 0; b < a; b++)
                {
                    var change = drawings[a].Zip(drawings[b], (p, q) => Math.Abs(p - q) / 255.0).Sum();
                    Assert.True(change > 5, $"{digit}: styles {a} and {b} differ by {change} pixels of ink");
                }
            }
        }
    }

    [Fact]
    public void Seed_decides_the_hand()
    {
        Assert.Equal(DigitGenerator.Draw(2, Plain, 5), DigitGenerator.Draw(2, Plain, 5));
        Assert.NotEqual(DigitGenerator.Draw(2, Plain, 5), DigitGenerator.Draw(2, Plain, 6));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(10, 0)]
    [InlineData(4, -1)]
    [InlineData(4, 2)]
    public void Digits_and_styles_that_are_not_there_are_refused(int digit, int style) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DigitGenerator.Draw(digit, Plain with { Style = style }, 0));
}
