using Gsr.Experiments;
using Gsr.Experiments.Disentanglement;

namespace Gsr.Tests.Experiments.Disentanglement;

public sealed class GenerativeFactorTests
{
    [Fact]
    public void Digits_have_the_factors_that_their_images_show()
    {
        var digits = DigitGenerator.Generate(30, 4);
        var factors = GenerativeFactor.OfDigits(digits);
        Assert.Equal(
            ["digit", "rotation", "slant", "thickness", "scale", "shift x", "shift y"], factors.Select(f => f.Name));
        Assert.Equal([10, 0, 0, 0, 0, 0, 0], factors.Select(f => f.Classes));
        var code = GenerativeFactor.AsCode(factors);
        for (var e = 0; e < 30; e++)
        {
            var known = digits.Factors![e];
            double[] expected = [
                digits.Labels[e], known.RotationDegrees, known.Slant, known.Thickness, known.Scale, known.ShiftX,
                known.ShiftY];
            Assert.Equal(expected, Enumerable.Range(0, 7).Select(j => code[e, j]));
        }
    }

    [Fact]
    public void Factors_that_do_not_vary_are_left_out()
    {
        var digits = DigitGenerator.Generate(5, 4);
        DigitFactors[] factors = [.. digits.Factors!.Select(f => f with { Slant = 0.1, Scale = 1 })];
        var alike = new ImageDataSet(28, 28, digits.Pixels, new byte[5], factors);
        Assert.Equal(
            ["rotation", "thickness", "shift x", "shift y"], GenerativeFactor.OfDigits(alike).Select(f => f.Name));
    }

    [Fact]
    public void Real_images_have_no_known_factors()
    {
        var real = new ImageDataSet(1, 1, new byte[2], [0, 1]);
        Assert.Throws<ArgumentException>("digits", () => GenerativeFactor.OfDigits(real));
    }
}
