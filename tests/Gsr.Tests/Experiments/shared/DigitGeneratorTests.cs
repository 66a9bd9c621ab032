using Gsr.Experiments;
using Gsr.Experiments.Capsules;

namespace Gsr.Tests.Experiments;

public class DigitGeneratorTests
{
    private static readonly ImageDataSet Train = DigitGenerator.Generate(5_000, seed: 1);

    [Fact]
    public void LooksLikeMnist()
    {
        Assert.Equal((5_000, 28, 28), (Train.Count, Train.Height, Train.Width));
        Assert.Equal(5_000, Train.Factors!.Count);
        Assert.Equal(0, Train.Pixels.Min());
        Assert.Equal(255, Train.Pixels.Max());
        // MNIST's mean is .1307.
        Assert.InRange(Train.Pixels.Average(pixel => pixel / 255.0), 0.11, 0.15);
        for (int i = 0; i < Train.Count; i++)
        {
            ImageMoments moments = ImageMoments.Of(Image(Train, i), DigitGenerator.Side);
            // Noise over the whole image pulls a little towards its centre.
            Assert.Equal(13.5 + Train.Factors[i].ShiftX, moments.X, 0.55);
            Assert.Equal(13.5 + Train.Factors[i].ShiftY, moments.Y, 0.55);
        }
    }

    [Fact]
    public void EveryTenImagesHoldEveryDigitInRandomOrder()
    {
        foreach (byte[] ten in Train.Labels.Chunk(10))
            Assert.Equal(Enumerable.Range(0, 10), ten.Select(label => (int)label).Order());
        // Each digit comes in each of the ten places about 50 times of 500: standard deviation 6.7.
        foreach (int place in Enumerable.Range(0, 10))
        {
            foreach (int digit in Enumerable.Range(0, 10))
                Assert.InRange(Train.Labels.Where((label, i) => i % 10 == place && label == digit).Count(), 20, 80);
        }
    }

    [Fact]
    public void FactorsAreUniformOverTheirRanges()
    {
        Uniform(f => f.RotationDegrees, -20, 20);
        Uniform(f => f.Slant, -0.15, 0.35);
        Uniform(f => f.Thickness, 1.5, 3.5);
        Uniform(f => f.Scale, 0.85, 1.1);
        Uniform(f => f.ShiftX, -1, 1);
        Uniform(f => f.ShiftY, -1, 1);
        Uniform(f => f.Noise, 0, 0.05);
        for (int digit = 0; digit < 10; digit++)
        {
            var styles = Train.Factors!.Where((_, i) => Train.Labels[i] == digit).CountBy(f => f.Style).ToList();
            Assert.Equal(DigitShapes.Strokes[digit].Length, styles.Count);
            Assert.All(styles, style => Assert.True(style.Value > 100));
        }

        static void Uniform(Func<DigitFactors, double> factor, double low, double high)
        {
            double[] unit = [.. Train.Factors!.Select(f => (factor(f) - low) / (high - low))];
            Assert.All(unit, u => Assert.InRange(u, 0, 1));
            Assert.Equal(1 / 2.0, unit.Average(), 0.02);
            Assert.Equal(1 / 12.0, unit.Average(u => (u - 0.5) * (u - 0.5)), 0.005);
        }
    }

    [Fact]
    public void ImagesShowTheirFactors()
    {
        ImageMoments[] moments = [.. Enumerable.Range(0, Train.Count).Select(i => ImageMoments.Of(Image(Train, i), DigitGenerator.Side))];
        // Within a digit, since digits differ in ink and lean.
        for (int digit = 0; digit < 10; digit++)
        {
            int[] own = [.. Enumerable.Range(0, Train.Count).Where(i => Train.Labels[i] == digit)];
            double With(Func<ImageMoments, double> measured, Func<DigitFactors, double> factor) => Correlation(
                [.. own.Select(i => measured(moments[i]))], [.. own.Select(i => factor(Train.Factors![i]))]);
            // The styles of the 1 differ in length by half.
            Assert.InRange(With(m => m.Ink, f => f.Thickness), 0.6, 1);
            Assert.InRange(With(m => m.X, f => f.ShiftX), 0.85, 1);
            Assert.InRange(With(m => m.Y, f => f.ShiftY), 0.85, 1);
            Assert.InRange(With(m => m.Slant, f => f.Slant), 0.25, 1);
            Assert.InRange(With(m => m.Slant, f => f.RotationDegrees), -1, -0.25);
        }
    }

    private static double Correlation(double[] a, double[] b)
    {
        (double meanA, double meanB) = (a.Average(), b.Average());
        double covariance = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum();
        return covariance / Math.Sqrt(a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(y => (y - meanB) * (y - meanB)));
    }

    [Fact]
    public void ClassesAreToldApartByTheNearestClassMean()
    {
        int[] counts = [.. Enumerable.Range(0, 10).Select(digit => Train.Labels.Count(label => label == digit))];
        double[,] means = new double[10, 784];
        for (int i = 0; i < Train.Pixels.Length; i++)
            means[Train.Labels[i / 784], i % 784] += Train.Pixels[i] / (double)counts[Train.Labels[i / 784]];

        ImageDataSet test = DigitGenerator.Generate(2_000, seed: 2);
        int right = Enumerable.Range(0, test.Count).Count(i => test.Labels[i] == Nearest(means, Image(test, i)));
        // MNIST itself has .82.
        Assert.True(right > 1_600, $"{right} of 2000");
    }

    private static int Nearest(double[,] means, ReadOnlySpan<byte> image)
    {
        (int best, double nearest) = (-1, double.PositiveInfinity);
        for (int digit = 0; digit < 10; digit++)
        {
            double distance = 0;
            for (int i = 0; i < image.Length; i++)
                distance += (image[i] - means[digit, i]) * (image[i] - means[digit, i]);
            if (distance < nearest) (best, nearest) = (digit, distance);
        }
        return best;
    }

    [Fact]
    public void SeedDeterminesEverythingAndThreadsNothing()
    {
        ImageDataSet one = DigitGenerator.Generate(203, 9, threads: 1);
        ImageDataSet[] others = [DigitGenerator.Generate(203, 9, threads: 7), DigitGenerator.Generate(203, 9)];
        foreach (ImageDataSet other in others)
        {
            Assert.Equal(one.Pixels, other.Pixels);
            Assert.Equal(one.Labels, other.Labels);
            Assert.Equal(one.Factors!, other.Factors!);
        }
        Assert.NotEqual(one.Pixels, DigitGenerator.Generate(203, 10).Pixels);
        Assert.NotEqual(one.Labels, DigitGenerator.Generate(203, 10).Labels);
        Assert.NotEqual(one.Pixels, DigitGenerator.Generate(203, -9).Pixels);
    }

    [Fact]
    public void MoreImagesExtendFewerAndNoneIsRepeated()
    {
        ImageDataSet few = DigitGenerator.Generate(17, 1);
        Assert.Equal(Train.Pixels[..few.Pixels.Length], few.Pixels);
        Assert.Equal(Train.Labels[..17], few.Labels);
        Assert.Equal(Train.Factors!.Take(17), few.Factors!);
        Assert.Equal(Train.Count, Train.Factors!.Distinct().Count());
    }

    private static ReadOnlySpan<byte> Image(ImageDataSet data, int index) => data.Pixels.AsSpan(index * 784, 784);
}
