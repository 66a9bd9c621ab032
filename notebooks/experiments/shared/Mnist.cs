using Gsr.SingleCell.Reading;

namespace Gsr.Experiments;

/// <summary>MNIST handwritten digits (LeCun et al. 1998), or generated digits where it cannot be had.</summary>
/// <example><code>
/// MnistData mnist = Mnist.Load();
/// Console.WriteLine(mnist.Provenance);
/// float[] pixels = mnist.Train.ToFloats();
/// </code></example>
public static class Mnist
{
    private const string Id = "mnist";
    private const int Side = 28;
    private const int TrainSeed = 1998;
    private const int TestSeed = 2278;

    /// <summary>Loads MNIST.</summary>
    /// <param name="loader">Where to look; <see cref="DataSetLoader.FromEnvironment"/> where null.</param>
    /// <param name="standInTrain">How many images a stand-in has to train on; 60,000 as MNIST by default.</param>
    /// <param name="standInTest">How many images a stand-in has to test on; 10,000 as MNIST by default.</param>
    /// <param name="cancellation">Ends a download.</param>
    /// <returns>The images; its provenance tells whether they are MNIST's, and is to be shown.</returns>
    /// <exception cref="DataFormatException">A file is damaged.</exception>
    /// <exception cref="DataUnavailableException">The files cannot be had and the loader allows no stand-in.</exception>
    public static MnistData Load(DataSetLoader? loader = null, int standInTrain = 60_000, int standInTest = 10_000,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(standInTrain);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(standInTest);
        Provenance provenance = (loader ?? DataSetLoader.FromEnvironment()).Load(Id, cancellation);
        if (provenance.IsStandIn)
        {
            return new MnistData
            {
                Train = DigitGenerator.Generate(standInTrain, TrainSeed),
                Test = DigitGenerator.Generate(standInTest, TestSeed),
                Provenance = provenance,
            };
        }
        return new MnistData
        {
            Train = Read(provenance.PathOf("train-images-idx3-ubyte.gz"), provenance.PathOf("train-labels-idx1-ubyte.gz")),
            Test = Read(provenance.PathOf("t10k-images-idx3-ubyte.gz"), provenance.PathOf("t10k-labels-idx1-ubyte.gz")),
            Provenance = provenance,
        };
    }

    /// <summary>Reads images and labels in MNIST's format from two files.</summary>
    /// <param name="imagesPath">IDX, unsigned bytes, N x 28 x 28, plain or gzip.</param>
    /// <param name="labelsPath">IDX, unsigned bytes 0 to 9, N, plain or gzip.</param>
    /// <exception cref="DataFormatException">A file is damaged, of another shape, or the two do not belong together.</exception>
    public static ImageDataSet Read(string imagesPath, string labelsPath)
    {
        IdxArray images = IdxReader.Read(imagesPath);
        if (images.Type != IdxType.UInt8 || images.Shape.Count != 3 || images.Shape[1] != Side || images.Shape[2] != Side)
            throw Wrong(imagesPath, "shape", $"{images}", $"idx UInt8 Nx{Side}x{Side}");
        IdxArray labels = IdxReader.Read(labelsPath);
        if (labels.Type != IdxType.UInt8 || labels.Shape.Count != 1)
            throw Wrong(labelsPath, "shape", $"{labels}", "idx UInt8 N");
        if (labels.Count != images.Shape[0])
        {
            throw Wrong(labelsPath, "number of labels", $"{labels.Count}",
                $"{images.Shape[0]}, one for each image of {imagesPath}");
        }
        byte[] values = labels.As<byte>();
        int wrong = values.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(ImageDataSet.Classes - 1));
        if (wrong >= 0)
            throw Wrong(labelsPath, $"label {wrong}", $"{values[wrong]}", $"0 to {ImageDataSet.Classes - 1}");
        return new ImageDataSet(Side, Side, images.As<byte>(), values);
    }

    private static DataFormatException Wrong(string file, string field, string found, string expected) =>
        new(file, null, field, found, expected, "Give the images and the labels of one set in MNIST's format.");
}
