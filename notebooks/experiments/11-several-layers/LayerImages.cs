using Gsr.Training;
using TorchSharp;

namespace Gsr.Experiments.SeveralLayers;

/// <summary>Images to train a classifier on, to test it on, and to read its modules on.</summary>
public sealed class LayerImages
{
    private readonly ImageDataSet _test;
    private readonly string _source;

    /// <summary>Takes two sets of images of one size, and how many of the second are read.</summary>
    public LayerImages(ImageDataSet train, ImageDataSet test, int read, string source)
    {
        (_test, _source) = (test, source);
        Train = [Tensors.Images(train.ToFloats(), train.Height, train.Width), Tensors.Labels(train.Labels)];
        Test = Tensors.Images(test.ToFloats(), test.Height, test.Width);
        Read = Test.narrow(0, 0, read);
        ReadClasses = [.. test.Labels.Take(read).Select(label => (int)label)];
    }

    /// <summary>Images [n, 1, height, width] and labels [n].</summary>
    public torch.Tensor[] Train { get; }

    /// <summary>Test images [n, 1, height, width].</summary>
    public torch.Tensor Test { get; }

    /// <summary>Their labels.</summary>
    public byte[] TestLabels => _test.Labels;

    /// <summary>The test images that modules are read on.</summary>
    public torch.Tensor Read { get; }

    /// <summary>Their classes.</summary>
    public int[] ReadClasses { get; }

    /// <summary>
    /// MNIST, or the four files of MNIST's names and format in a folder; without either, generated digits, which decide
    /// no claim.
    /// </summary>
    /// <param name="run">Takes few images in the quick profile.</param>
    /// <param name="folder">Such as FashionMNIST's; empty for MNIST.</param>
    /// <param name="images">Images to train on.</param>
    public static LayerImages Load(NotebookRun run, string folder, int images)
    {
        var (train, read) = run.IsQuick ? (2000, 500) : (images, 2000);
        if (folder.Length > 0)
        {
            var test = Own(folder, "t10k");
            return new LayerImages(Own(folder, "train").Take(train), run.IsQuick ? test.Take(1000) : test, read,
                "files of your folder");
        }

        var mnist = run.IsQuick ? Mnist.Load(train, test: 1000) : Mnist.Load(train);
        if (mnist.Provenance.IsStandIn) run.Claims.Skip("generated digits, not MNIST");
        return new LayerImages(mnist.Train, mnist.Test, read, mnist.Provenance.ToString());
    }

    /// <summary>Where the images are from, and how many there are.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{_source} {Train[0].shape[0]:n0} images to train on, {_test.Count:n0} to test on.");

    private static ImageDataSet Own(string folder, string kind) => Mnist.Read(
        Path.Combine(NotebookParameter.ExistingPath("FOLDER", folder), $"{kind}-images-idx3-ubyte.gz"),
        Path.Combine(folder, $"{kind}-labels-idx1-ubyte.gz"));
}
