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
    public void RotationTurnsTheDigitCounterClockwise(double degrees)
    {
        foreach (var (digit, factors, seed) in Shapes())
        {
            ImageMoments before = Measure(digit, factors, seed);
            // The orientation of a digit that is about as wide as high is all rounding.
            (double x, double y) = (before.VarianceX, before.VarianceY);
            if (Math.Max(x, y) < 1.8 * Math.Min(x, y)) continue;
            ImageMoments after = Measure(digit, factors with { RotationDegrees = degrees }, seed);
            double turned = after.Rotation - before.Rotation;
            if (turned > 90) turned -= 180;
            if (turned < -90) turned += 180;
            Assert.Equal(degrees, turned, 1.5);
            Assert.Equal(before.Extent, after.Extent, 0.1);
        }
    }

    [Fact]
    public void RotationByAQuarterIsAQuarterTurnOfThePixels()
    {
        foreach (var (digit, factors, seed) in Shapes())
        {
            byte[] before = DigitGenerator.Draw(digit, factors, seed);
            byte[] after = DigitGenerator.Draw(digit, factors with { RotationDegrees = 90 }, seed);
            for (int row = 0; row < 28; row++)
            {
                for (int column = 0; column < 28; column++)
                    Assert.Equal(before[(row * 28) + column], after[((27 - column) * 28) + row], 1.0);
            }
        }
    }

    [Theory]
    [InlineData(-0.15)]
    [InlineData(0.35)]
    public void SlantLeansTheDigitToTheRight(double slant)
    {
        foreach (var (digit, factors, seed) in Shapes())
        {
            double before = Measure(digit, factors, seed).Slant;
            double moved = Measure(digit, factors with { Slant = slant }, seed).Slant - before;
            // Exact for a straight 1; where strokes run across, shear changes how much ink lies where.
            bool bar = digit == 1 && factors.Style == 0;
            Assert.InRange(moved / slant, bar ? 0.95 : 0.6, bar ? 1.05 : 1.4);
        }
    }

    [Fact]
    public void ThicknessIsTheWidthOfTheStroke()
    {
        foreach (var (digit, factors, seed) in Shapes())
        {
            double Ink(double thickness) => Measure(digit, factors with { Thickness = thickness }, seed).Ink;
            Assert.True(Ink(1.5) < Ink(2) && Ink(2) < Ink(3.5));
            // Below a pixel the ink fades instead.
            Assert.InRange(Ink(0.5) / Ink(1), 0.2, 0.8);
        }
        // A straight upright stroke crosses the image's middle row once: the ink of the row is the width.
        byte[] bar = DigitGenerator.Draw(1, Plain with { Thickness = 3 }, seed: 4);
        Assert.InRange(Enumerable.Range(14 * 28, 28).Sum(i => bar[i] / 255.0), 2.95, 3.3);
    }

    [Fact]
    public void ScaleIsTheExtent()
    {
        foreach (var (digit, factors, seed) in Shapes())
        {
            DigitFactors thin = factors with { Thickness = 1 };
            double ratio = Measure(digit, thin with { Scale = 1.1 }, seed).Extent
                / Measure(digit, thin with { Scale = 0.85 }, seed).Extent;
            Assert.Equal(1.1 / 0.85, ratio, 0.06);
        }
    }

    [Fact]
    public void ShiftIsWhereTheCentreOfMassIs()
    {
        foreach (var (digit, factors, seed) in Shapes())
        {
            ImageMoments moments = Measure(digit, factors with { ShiftX = 1, ShiftY = -0.5 }, seed);
            Assert.Equal(13.5 + 1, moments.X, 0.1);
            Assert.Equal(13.5 - 0.5, moments.Y, 0.1);
        }
        Assert.All(DigitGenerator.Draw(5, Plain with { ShiftX = 1e9 }, 1), pixel => Assert.Equal(0, pixel));
    }

    [Fact]
    public void NoiseIsGaussianOnTheBackgroundAndClipped()
    {
        DigitFactors blank = Plain with { ShiftX = 1_000, Noise = 0.2 };
        double mean = Enumerable.Range(0, 50)
            .Average(seed => DigitGenerator.Draw(3, blank, seed).Average(pixel => pixel / 255.0));
        // The mean of max(0, z) for z normal of standard deviation s is s/√(2π).
        Assert.Equal(0.2 / Math.Sqrt(2 * Math.PI), mean, 0.003);
    }

    [Fact]
    public void StylesAreDifferentDrawings()
    {
        foreach (int digit in Enumerable.Range(0, 10))
        {
            var drawings = Enumerable.Range(0, DigitShapes.Strokes[digit].Length)
                .Select(style => DigitGenerator.Draw(digit, Plain with { Style = style }, 1)).ToList();
            Assert.InRange(drawings.Count, 2, 3);
            for (int a = 0; a < drawings.Count; a++)
            {
                for (int b = 0; b < a; b++)
                {
                    double change = drawings[a].Zip(drawings[b], (p, q) => Math.Abs(p - q) / 255.0).Sum();
                    Assert.True(change > 5, $"{digit}: styles {a} and {b} differ by {change} pixels of ink");
                }
            }
        }
    }

    [Fact]
    public void SeedDecidesTheHand()
    {
        Assert.Equal(DigitGenerator.Draw(2, Plain, 5), DigitGenerator.Draw(2, Plain, 5));
        Assert.NotEqual(DigitGenerator.Draw(2, Plain, 5), DigitGenerator.Draw(2, Plain, 6));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(10, 0)]
    [InlineData(4, -1)]
    [InlineData(4, 2)]
    public void DigitsAndStylesThatAreNotThereAreRefused(int digit, int style) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DigitGenerator.Draw(digit, Plain with { Style = style }, 0));
}
