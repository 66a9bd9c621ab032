using Gsr.Experiments;
using Gsr.SingleCell.Reading;

namespace Gsr.Tests.Experiments;

public sealed class MnistTests
{
    [Fact]
    public void TheRealFilesHoldTheKnownNumbersOfEachDigit()
    {
        DataSetOptions options = DataSetOptions.FromEnvironment();
        if (options.DataFolder is null) Assert.Skip("GSR_DATA is not set: real MNIST was not read.");
        MnistData mnist = Mnist.Load(new DataSetLoader(options with { Offline = true, AllowStandIn = false }), 0, 0);
        Assert.False(mnist.Provenance.IsStandIn);
        Assert.Equal([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949], Counts(mnist.Train));
        Assert.Equal([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009], Counts(mnist.Test));
        Assert.Equal("60000 images, 28x28", mnist.Train.ToString());
    }

    [Fact]
    public void AStandInIsTheSameEachTimeAndSaysWhatItIs()
    {
        using var folder = new TemporaryFolder();
        var loader = new DataSetLoader(new DataSetOptions { CacheFolder = folder.File("cache"), Offline = true });
        MnistData first = Mnist.Load(loader, 50, 20);
        MnistData second = Mnist.Load(loader, 50, 20);
        Assert.True(first.Provenance.IsStandIn);
        Assert.Equal((50, 20), (first.Train.Count, first.Test.Count));
        Assert.NotNull(first.Train.Factors);
        Assert.Equal(first.Train.Pixels, second.Train.Pixels);
        Assert.NotEqual(first.Train.Pixels[..1000], first.Test.Pixels[..1000]);
        Assert.Contains("THIS IS NOT MNIST", first.Provenance.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void FilesThatDoNotBelongTogetherAreRefused()
    {
        using var folder = new TemporaryFolder();
        string images = folder.File("images"), labels = folder.File("labels");
        File.WriteAllBytes(images, IdxFile.Of(new byte[2 * 784], 2, 28, 28));
        File.WriteAllBytes(labels, IdxFile.Of([1, 9], 2));
        Assert.Equal([0, 1, 0, 0, 0, 0, 0, 0, 0, 1], Counts(Mnist.Read(images, labels)));
        File.WriteAllBytes(labels, IdxFile.Of([1, 9, 3], 3));
        Assert.Contains("number of labels", Assert.Throws<DataFormatException>(() => Mnist.Read(images, labels)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(labels, IdxFile.Of([1, 10], 2));
        Assert.Contains("label 1", Assert.Throws<DataFormatException>(() => Mnist.Read(images, labels)).Message, StringComparison.Ordinal);
        Assert.Throws<DataFormatException>(() => Mnist.Read(labels, labels));
    }

    [Fact]
    public void PartsOfASetKeepImagesAndLabelsTogether()
    {
        var set = new ImageDataSet(1, 2, [0, 1, 2, 3, 4, 255], [7, 8, 9]);
        ImageDataSet part = set.Subset([2, 0]);
        Assert.Equal<byte>([4, 255, 0, 1], part.Pixels);
        Assert.Equal<byte>([9, 7], part.Labels);
        Assert.Equal<byte>([0, 1, 2, 3], set.Take(2).Pixels);
        float[] scaled = set.ToFloats(-1, 1);
        Assert.Equal((-1f, 1f), (scaled[0], scaled[5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Take(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Subset([3]));
        Assert.Throws<ArgumentException>(() => new ImageDataSet(1, 2, [0], [7]));
    }

    private static IEnumerable<int> Counts(ImageDataSet images) =>
        Enumerable.Range(0, ImageDataSet.Classes).Select(digit => images.Labels.Count(label => label == digit));
}
