using Gsr.Native;
using Gsr.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace Gsr.Models;

/// <summary>
/// The paper's MNIST classifier (Tong et al. 2020, section 4.2): two convolutions, a dense layer laid out as a grid,
/// which a penalty makes smooth, and a dense layer of classes; in the second variant three convolutions read the grid
/// as an image.
/// </summary>
/// <remarks>
/// conv 5x5x32, max-pool 2, conv 5x5x64, max-pool 2, dense grid, dropout, then either dense, or conv 3x3x16, pool 2,
/// conv 3x3x16, pool 2, conv 3x3x16, dense. "Same" padding, leaky ReLU 0.2 everywhere but on the grid, which has an
/// activation of its own, and on the output, He initialisation. Dropout has a random state of its own: networks that
/// train side by side are what each would be alone.
/// </remarks>
public sealed class GridClassifier : Module<torch.Tensor, torch.Tensor>, IRandomModule, IFusedConvolutions
{
    private const int ConvolutionChannels = 16;
    private readonly Sequential features;
    private readonly Module<torch.Tensor, torch.Tensor> grid;
    private readonly Sequential head;
    private readonly OwnDropout dropout;
    private readonly torch.Generator _random;

    /// <summary>Makes a classifier with random weights; sets libtorch's random state to the options' seed.</summary>
    public GridClassifier(GridClassifierOptions options)
        : base(nameof(GridClassifier))
    {
        options.Check();
        Options = options;
        _random = TorchRandom.Own(options.Seed);
        using var drawing = TorchRandom.Seeded(options.Seed);
        var pooled = options.ImageSize / 4;
        var nodes = options.GridSize * options.GridSize;
        // Pooling before the activation gives the same as after it, for a function that never falls, at a quarter of
        // the work.
        features = Sequential(
            ("conv1", Conv2d(1, 32, 5, padding: 2)), ("pool1", MaxPool2d(2)), ("act1", new LeakyReLU()),
            ("conv2", Conv2d(32, 64, 5, padding: 2)), ("pool2", MaxPool2d(2)), ("act2", new LeakyReLU()),
            ("flatten", Flatten()));
        dropout = new OwnDropout(options.Dropout, _random);
        grid = Layers.Dense(64 * pooled * pooled, nodes, options.GridActivation);
        head = options.ConvolutionAfterGrid
            ? ConvolutionHead(options)
            : Sequential(("dense", Linear(nodes, options.Classes)));
        RegisterComponents();
        Layers.HeInitialise(this);
    }

    /// <summary>Its shape.</summary>
    public GridClassifierOptions Options { get; }

    /// <summary>The layer whose output is the grid, its activation included: [n, GridSize²], node r * GridSize + c.</summary>
    public Module<torch.Tensor, torch.Tensor> GridLayer => grid;

    torch.Generator IRandomModule.Random => _random;

    /// <summary>
    /// From images [n, 1, ImageSize, ImageSize] in [0, 1] to grid activations [n, GridSize²]; the caller owns the
    /// result.
    /// </summary>
    public torch.Tensor Grid(torch.Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        return grid.call(Features(images)).MoveToOuterDisposeScope();
    }

    /// <summary>From images [n, 1, ImageSize, ImageSize] in [0, 1] to class scores [n, Classes] (logits).</summary>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var activations = Grid(input);
        return Scores(activations);
    }

    /// <summary>From grid activations [n, GridSize²] to class scores (logits).</summary>
    public torch.Tensor Scores(torch.Tensor activations)
    {
        using var scope = torch.NewDisposeScope();
        var dropped = dropout.call(activations);
        if (Options.ConvolutionAfterGrid)
            dropped = ChannelsLast.Of(dropped.reshape(-1, 1, Options.GridSize, Options.GridSize));
        return head.call(dropped).MoveToOuterDisposeScope();
    }

    /// <summary>Cross-entropy, mean over examples; reads images and labels [n], Int64.</summary>
    public IReadOnlyList<LossTerm> Objective(IReadOnlyList<torch.Tensor> batch) =>
        [new LossTerm("cross-entropy", cross_entropy(call(batch[0]), batch[1]))];

    /// <summary>Writes options and weights to one file, whole or not at all.</summary>
    public void Save(string path) => ModelFile.Save(path, this, Options);

    /// <summary>Reads a model that <see cref="Save"/> wrote; an exception says why a file is none.</summary>
    public static GridClassifier Load(string path) =>
        ModelFile.Load<GridClassifier, GridClassifierOptions>(path, options => new GridClassifier(options));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _random.Dispose();
        base.Dispose(disposing);
    }

    private torch.Tensor Features(torch.Tensor images) =>
        !ForwardHooks.AreOn(features) && Pooled(images, 0) is { } first && Pooled(first, 3) is { } second
            ? second.flatten(1)
            : features.call(ChannelsLast.Of(images));

    // A convolution of the features with its pooling and activation.
    private torch.Tensor? Pooled(torch.Tensor images, int convolution) =>
        FusedConvolution.Of(images, (Conv2d)features[convolution], isPooled: true, LeakyReLU.Slope);

    private static Sequential ConvolutionHead(GridClassifierOptions options)
    {
        var size = options.GridSize / 2 / 2;
        return Sequential(
            ("conv1", Layer(1)), ("pool1", MaxPool2d(2)), ("act1", new LeakyReLU()),
            ("conv2", Layer(ConvolutionChannels)), ("pool2", MaxPool2d(2)), ("act2", new LeakyReLU()),
            ("conv3", Layer(ConvolutionChannels)), ("act3", new LeakyReLU()),
            ("flatten", Flatten()),
            ("dense", Linear(ConvolutionChannels * size * size, options.Classes)));

        static Conv2d Layer(int channels) => Conv2d(channels, ConvolutionChannels, 3, padding: 1);
    }
}
