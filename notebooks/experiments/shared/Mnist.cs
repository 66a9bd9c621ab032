using Gsr.SingleCell.Reading;

namespace Gsr.Experiments;

/// <summary>
/// MNIST (60,000 images to train on, 10,000 to test on) or its stand-in; show the provenance, which says which.
/// </summary>
public sealed record MnistData(ImageDataSet Train, ImageDataSet Test, Provenance Provenance);

/// <summary>MNIST handwritten digits (LeCun et al. 1998), or generated digits where it is unavailable.</summary>
/// <example><code>
/// var mnist = Mnist.Load();
/// Console.WriteLine(mnist.Provenance);
/// </code></example>
public static class Mnist
{
    private const int Side = 28;

    /// <summary>Loads MNIST with <see cref="DataSetLoader.FromEnvironment"/>.</summary>
    /// <exception cref="DataFormatException">A file is damaged.</exception>
    public static MnistData Load() => Load(DataSetLoader.FromEnvironment(), 60_000, 10_000);

    internal static MnistData Load(DataSetLoader loader, int standInTrain, int standInTest)
    {
        var provenance = loader.Load("mnist");
        if (provenance.IsStandIn)
        {
            return new MnistData(DigitGenerator.Generate(standInTrain, seed: 1998),
                DigitGenerator.Generate(standInTest, seed: 2278), provenance);
        }

        return new MnistData(Files("train"), Files("t10k"), provenance);

        ImageDataSet Files(string kind) => Read(provenance.PathOf($"{kind}-images-idx3-ubyte.gz"),
            provenance.PathOf($"{kind}-labels-idx1-ubyte.gz"));
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

    private static DataFormatException Wrong(string file, string field, string found, string expected) =>
        new(file, null, field, found, expected, "Give the images and the labels of one set in MNIST's format.");
}
