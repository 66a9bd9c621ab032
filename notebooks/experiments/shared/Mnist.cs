using Gsr.SingleCell.Reading;

namespace Gsr.Experiments;

/// <summary>
/// MNIST or its stand-in, with the images that were asked for; show the provenance, which says which of the two it is.
/// </summary>
public sealed record MnistData(ImageDataSet Train, ImageDataSet Test, Provenance Provenance);

/// <summary>MNIST handwritten digits (LeCun et al. 1998), or generated digits where it is unavailable.</summary>
/// <example><code>
/// var mnist = Mnist.Load();
/// Console.WriteLine(mnist.Provenance);
/// </code></example>
public static class Mnist
{
    private const int Side = 28, TrainCount = 60_000, TestCount = 10_000;

    /// <summary>
    /// Loads MNIST with <see cref="DataSetLoader.FromEnvironment"/>; of a stand-in no more is drawn than is asked for.
    /// </summary>
    /// <param name="train">The first so many images to train on, 1 to 60,000; all by default.</param>
    /// <param name="test">The first so many images to test on, 1 to 10,000; all by default.</param>
    /// <exception cref="DataFormatException">A file is damaged.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are not that many images.</exception>
    public static MnistData Load(int train = TrainCount, int test = TestCount) =>
        Load(DataSetLoader.FromEnvironment(), train, test);

    internal static MnistData Load(DataSetLoader loader, int train, int test)
    {
        InRange(train, TrainCount, nameof(train));
        InRange(test, TestCount, nameof(test));
        var provenance = loader.Load("mnist");
        return provenance.IsStandIn
            ? new MnistData(
                DigitGenerator.Generate(train, seed: 1998), DigitGenerator.Generate(test, seed: 2278), provenance)
            : new MnistData(Files("train", train), Files("t10k", test), provenance);

        ImageDataSet Files(string kind, int first)
        {
            var all = Read(provenance.PathOf($"{kind}-images-idx3-ubyte.gz"),
                provenance.PathOf($"{kind}-labels-idx1-ubyte.gz"));
            return first == all.Count ? all : all.Take(first);
        }
    }

    /// <summary>
    /// Reads images [N, 28, 28] and labels 0 to 9 [N] from two IDX files of unsigned bytes, plain or gzip.
    /// </summary>
    /// <exception cref="DataFormatException">A file is damaged, of another shape, or the two do not match.</exception>
    public static ImageDataSet Read(string imagesPath, string labelsPath)
    {
        var images = IdxReader.Read(imagesPath);
        if (images.Shape is not [var count, Side, Side])
            throw Wrong(imagesPath, "shape", $"{images}", $"idx UInt8 Nx{Side}x{Side}");
        var labels = IdxReader.Read(labelsPath);
        if (labels.Shape.Length != 1) throw Wrong(labelsPath, "shape", $"{labels}", "idx UInt8 N");
        if (labels.Values.Length != count)
        {
            throw Wrong(labelsPath, "number of labels", $"{labels.Values.Length}",
                $"{count}, one for each image of {imagesPath}");
        }

        var wrong = labels.Values.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(ImageDataSet.Classes - 1));
        if (wrong >= 0)
            throw Wrong(labelsPath, $"label {wrong}", $"{labels.Values[wrong]}", $"0 to {ImageDataSet.Classes - 1}");
        return new ImageDataSet(Side, Side, images.Values, labels.Values);
    }

    private static void InRange(int count, int most, string argument)
    {
        if (count < 1 || count > most)
        {
            throw new ArgumentOutOfRangeException(
                argument, count, $"{argument} is {count}, but MNIST has {most} such images; ask for 1 to {most}.");
        }
    }

    private static DataFormatException Wrong(string file, string field, string found, string expected) =>
        new(file, null, field, found, expected, "Give the images and the labels of one set in MNIST's format.");
}
