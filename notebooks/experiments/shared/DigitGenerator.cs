using Gsr.Internals;

namespace Gsr.Experiments;

/// <summary>
/// Handwriting-like digits drawn from strokes, with the factors of variation of every image known. They stand in for
/// MNIST where it cannot be had (same size, same ten classes, centre of mass near the centre), and serve where the
/// truth about an image is needed; results on them are not results on MNIST.
/// </summary>
/// <remarks>
/// A digit's pen path is bent by a smooth random displacement (the hand, which has no factor), slanted, scaled, turned,
/// and put with its centre of mass at the image's centre plus the shift. A pixel's ink falls from full to none over the
/// one pixel about the stroke's edge; then noise is added and the result clipped to 0..255.
/// </remarks>
/// <example>
/// <code>
/// ImageDataSet digits = DigitGenerator.Generate(10_000, seed: 1);
/// double slant = digits.Factors![0].Slant;
/// </code>
/// </example>
public static class DigitGenerator
{
    /// <summary>Rows and columns of an image: 28, as MNIST's.</summary>
    public const int Side = 28;

    // Kinds of random streams of one seed.
    private const int LabelStream = 0, ImageStream = 1, DrawStream = 2;

    /// <summary>
    /// Generates images of all ten digits. Each ten images in a row hold every digit once, in random order; the factors
    /// are uniform over the ranges of <see cref="DigitFactors"/> and independent of each other and of the digit.
    /// </summary>
    /// <param name="count">How many images, 0 or more.</param>
    /// <param name="seed">
    /// Decides everything. Image i is the same whatever the count and however many threads draw.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The count is negative, or its pixels do not fit an array.
    /// </exception>
    public static ImageDataSet Generate(int count, int seed) => Generate(count, seed, Environment.ProcessorCount);

    /// <summary>Draws one image with chosen factors, in range or not.</summary>
    /// <param name="digit">0 to 9.</param>
    /// <param name="factors">How to draw it.</param>
    /// <param name="seed">
    /// Decides the hand and the noise: images of one seed and different factors are of the same hand.
    /// </param>
    /// <returns>Side · Side pixels, row by row; 0 is the background, 255 full ink.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no such digit, or a factor cannot be; the message names it.
    /// </exception>
    public static byte[] Draw(int digit, DigitFactors factors, int seed)
    {
        ArgumentNullException.ThrowIfNull(factors);
        factors.Check(Styles(digit));
        var pixels = new byte[Side * Side];
        var random = new SplitMix64(seed, DrawStream, digit);
        new DigitPen().Draw(DigitShapes.Strokes[digit][factors.Style], factors, random, pixels);
        return pixels;
    }

    /// <summary>
    /// In how many ways a digit is written, 2 or 3: a 4 open or closed, a 7 with or without a bar, and so on.
    /// </summary>
    /// <param name="digit">0 to 9.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such digit.</exception>
    public static int Styles(int digit)
    {
        if (digit is < 0 or > 9)
            throw new ArgumentOutOfRangeException(nameof(digit), digit, $"digit is {digit}; it must be 0 to 9.");
        return DigitShapes.Strokes[digit].Length;
    }

    internal static ImageDataSet Generate(int count, int seed, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if ((long)count * Side * Side > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count,
                $"{count} images do not fit one array; the most are {Array.MaxLength / (Side * Side)}.");
        }
        byte[] labels = Labels(count, seed);
        var pixels = new byte[count * Side * Side];
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
        for (int start = 0; start < count; start += 10)
        {
            for (int i = 0; i < 10; i++)
                ten[i] = (byte)i;
            // Fisher-Yates, written out: how Random.Shuffle draws is not promised to stay.
            var random = new SplitMix64(seed, LabelStream, start / 10);
            for (int i = 9; i > 0; i--)
            {
                int other = random.Next(i + 1);
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
