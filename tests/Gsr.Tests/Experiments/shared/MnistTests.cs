using Gsr.Experiments;
using Gsr.SingleCell.Reading;

namespace Gsr.Tests.Experiments;

public sealed class MnistTests
{
    [Fact]
    public void The_real_files_hold_the_known_numbers_of_each_digit()
    {
        var options = DataSetOptions.FromEnvironment();
        if (options.DataFolder is null) Assert.Skip("GSR_DATA is not set: real MNIST was not read.");
        var loader = new DataSetLoader(options with { Offline = true, AllowStandIn = false });
        var mnist = Mnist.Load(loader, 60_000, 10_000);
        Assert.False(mnist.Provenance.IsStandIn);
        Assert.Equal([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949], Counts(mnist.Train));
        Assert.Equal([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009], Counts(mnist.Test));
        Assert.Equal("60000 images, 28x28", mnist.Train.ToString());
        var few = Mnist.Load(loader, 30, 20);
        AreTheFirst(30, mnist.Train, few.Train);
        AreTheFirst(20, mnist.Test, few.Test);
    }

    [Fact]
    public void A_stand_in_is_the_same_each_time_and_says_what_it_is()
    {
        using var folder = new TemporaryFolder();
        var loader = new DataSetLoader(new DataSetOptions { CacheFolder = folder.File("cache"), Offline = true });
        var first = Mnist.Load(loader, 50, 20);
        var second = Mnist.Load(loader, 50, 20);
        Assert.True(first.Provenance.IsStandIn);
        Assert.Equal((50, 20), (first.Train.Count, first.Test.Count));
        Assert.NotNull(first.Train.Factors);
        Assert.Equal(first.Train.Pixels, second.Train.Pixels);
        var fewer = Mnist.Load(loader, 13, 7);
        AreTheFirst(13, first.Train, fewer.Train);
        AreTheFirst(7, first.Test, fewer.Test);
        Assert.NotEqual(first.Train.Pixels[..1000], first.Test.Pixels[..1000]);
        Assert.Contains("THIS IS NOT MNIST", first.Provenance.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 10_000, "train")]
    [InlineData(60_001, 10_000, "train")]
    [InlineData(60_000, -1, "test")]
    [InlineData(60_000, 10_001, "test")]
    public void More_images_than_there_are_or_none_are_refused(int train, int test, string argument)
    {
        using var folder = new TemporaryFolder();
        var loader = new DataSetLoader(new DataSetOptions { CacheFolder = folder.File("cache"), Offline = true });
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => Mnist.Load(loader, train, test));
        Assert.Equal(argument, refused.ParamName);
        Assert.Contains("ask for 1 to ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_do_not_belong_together_are_refused()
    {
        using var folder = new TemporaryFolder();
        string images = folder.File("images"), labels = folder.File("labels");
        File.WriteAllBytes(images, IdxFile.Of(new byte[2 * 784], 2, 28, 28));
        File.WriteAllBytes(labels, IdxFile.Of([1, 9], 2));
        Assert.Equal([0, 1, 0, 0, 0, 0, 0, 0, 0, 1], Counts(Mnist.Read(images, labels)));
        File.WriteAllBytes(labels, IdxFile.Of([1, 9, 3], 3));
        Assert.Contains("number of labels", Assert.Throws<DataFormatException>(() => Mnist.Read(images, labels))
            .Message, StringComparison.Ordinal);
        File.WriteAllBytes(labels, IdxFile.Of([1, 10], 2));
        Assert.Contains("label 1", Assert.Throws<DataFormatException>(() => Mnist.Read(images, labels))
            .Message, StringComparison.Ordinal);
        Assert.Throws<DataFormatException>(() => Mnist.Read(labels, labels));
    }

    [Fact]
    public void Parts_of_a_set_keep_images_and_labels_together()
    {
        var set = new ImageDataSet(1, 2, [0, 1, 2, 3, 4, 255], [7, 8, 9]);
        var part = set.Subset([2, 0]);
        Assert.Equal<byte>([4, 255, 0, 1], part.Pixels);
        Assert.Equal<byte>([9, 7], part.Labels);
        Assert.Equal<byte>([0, 1, 2, 3], set.Take(2).Pixels);
        var scaled = set.ToFloats(-1, 1);
        Assert.Equal((-1f, 1f), (scaled[0], scaled[5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Take(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Subset([3]));
        Assert.Throws<ArgumentException>(() => new ImageDataSet(1, 2, [0], [7]));
    }

    private static void AreTheFirst(int count, ImageDataSet of, ImageDataSet these)
    {
        Assert.Equal(count, these.Count);
        Assert.Equal(of.Take(count).Pixels, these.Pixels);
        Assert.Equal(of.Labels[..count], these.Labels);
    }

    private static IEnumerable<int> Counts(ImageDataSet images) =>
        Enumerable.Range(0, ImageDataSet.Classes).Select(digit => images.Labels.Count(label => label == digit));
}
