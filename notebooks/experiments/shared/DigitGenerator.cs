using Gsr.Internals;

namespace Gsr.Experiments;

/// <summary>
/// Handwriting-like digits drawn from strokes, with the factors of variation of every image known. They stand in for
/// MNIST where it is unavailable (same size, same ten classes, centre of mass near the centre), and serve where the
/// true factors of an image are needed; results on them are not results on MNIST.
/// </summary>
/// <remarks>
/// A digit's pen path is bent by a smooth random displacement (the handwriting, which is no factor), slanted, scaled,
/// rotated, and put with its centre of mass at the image's centre plus the shift. A pixel's ink falls from full to none
/// over the one pixel about the stroke's edge; then noise is added and the result clipped to 0..255.
/// </remarks>
/// <example><code>var slant = DigitGenerator.Generate(10_000, seed: 1).Factors![0].Slant;</code></example>
public static class DigitGenerator
{
    /// <summary>Rows and columns of an image: 28, as MNIST's.</summary>
    public const int Side = 28;

    // Kinds of random streams of one seed.
    private const int LabelStream = 0, ImageStream = 1, DrawStream = 2;

    /// <summary>
    /// Generates images of all ten digits. Each ten images in a row hold every digit once, in random order; the factors
    /// are uniform over the ranges of <see cref="DigitFactors"/> and independent of each other and of the digit. Image
    /// i of a seed is the same whatever the count and the number of threads.
    /// </summary>
    public static ImageDataSet Generate(int count, int seed) => Generate(count, seed, Environment.ProcessorCount);

    /// <summary>
    /// Draws one image of 28 x 28 pixels (0 background, 255 full ink) with chosen factors, in the generated range or
    /// not. Images of one seed and different factors have the same handwriting.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such digit or style.</exception>
    public static byte[] Draw(int digit, DigitFactors factors, int seed)
    {
        if (digit is < 0 or > 9 || factors.Style < 0 || factors.Style >= DigitShapes.Strokes[digit].Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(digit), $"There is no style {factors.Style} of a digit {digit}.");
        }

        var pixels = new byte[Side * Side];
        var random = new SplitMix64(seed, DrawStream, digit);
        new DigitPen().Draw(DigitShapes.Strokes[digit][factors.Style], factors, random, pixels);
        return pixels;
    }

    internal static ImageDataSet Generate(int count, int seed, int threads)
    {
        var labels = Labels(count, seed);
        var pixels = new byte[checked(count * Side * Side)];
        var factors = new DigitFactors[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, () => new DigitPen(),
            (i, _, pen) =>
            {
                var random = new SplitMix64(seed, ImageStream, i);
                factors[i] = DrawFactors(random, DigitShapes.Strokes[labels[i]].Length);
                pen.Draw(DigitShapes.Strokes[labels[i]][factors[i].Style], factors[i], random,
                    pixels.AsSpan(i * Side * Side, Side * Side));
                return pen;
            },
            _ => { });
        return new ImageDataSet(Side, Side, pixels, labels, factors);
    }

    private static byte[] Labels(int count, int seed)
    {
        var labels = new byte[count];
        Span<byte> ten = stackalloc byte[10];
        for (var start = 0; start < count; start += 10)
        {
            for (var i = 0; i < 10; i++) ten[i] = (byte)i;
            // Fisher-Yates, written out: how Random.Shuffle draws is not promised to stay.
            var random = new SplitMix64(seed, LabelStream, start / 10);
            for (var i = 9; i > 0; i--)
            {
                var other = random.Next(i + 1);
                (ten[i], ten[other]) = (ten[other], ten[i]);
            }
            ten[..Math.Min(10, count - start)].CopyTo(labels.AsSpan(start));
        }
        return labels;
    }

    private static DigitFactors DrawFactors(Random random, int styles)
    {
        return new DigitFactors(
            RotationDegrees: Uniform(-20, 20),
            Slant: Uniform(-0.15, 0.35),
            Thickness: Uniform(1.5, 3.5),
            Scale: Uniform(0.85, 1.1),
            ShiftX: Uniform(-1, 1),
            ShiftY: Uniform(-1, 1),
            Style: random.Next(styles),
            Noise: Uniform(0, 0.05));

        double Uniform(double low, double high) => low + ((high - low) * random.NextDouble());
    }
}
