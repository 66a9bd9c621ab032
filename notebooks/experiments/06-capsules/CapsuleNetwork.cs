using Gsr.Models;
using Gsr.Native;
using Gsr.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace Gsr.Experiments.Capsules;

/// <summary>
/// The capsule network of Sabour, Frosst and Hinton (2017, "Dynamic Routing Between Capsules"): a convolution, primary capsules, one
/// capsule per class routed to by agreement, and a decoder that redraws the image from the true class's capsule.
/// </summary>
/// <remarks>
/// The length of a class's capsule says how likely the class is present, its direction how the class is drawn. In the loss the decoder
/// sees the capsule of the true class only, the others are masked.
/// </remarks>
/// <example><code>
/// using var model = new CapsuleNetwork(CapsuleNetworkOptions.Small with { Seed = 1 });
/// var graph = CapsuleGraph.SharedDimensions(10, 16);
/// using var regularizer = new Regularizer().Add(model.CapsuleLayer, new GraphPenalty(graph.Laplacian()), 1e-3);
/// new Trainer(model, model.Objective, regularizer).Fit([images, labels], new TrainingOptions { Epochs = 3, BatchSize = 128 });
/// </code></example>
public sealed class CapsuleNetwork : Module<torch.Tensor, torch.Tensor>
{
    private readonly Conv2d convolution;
    private readonly PrimaryCapsules primary;
    private readonly DigitCapsules digits;
    private readonly Sequential decoder;

    /// <summary>Makes a network with random weights; sets libtorch's random state to the options' seed.</summary>
    /// <param name="options">Its shape.</param>
    /// <exception cref="ArgumentException">A size does not fit.</exception>
    public CapsuleNetwork(CapsuleNetworkOptions options)
        : base(nameof(CapsuleNetwork))
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        Options = options;
        torch.manual_seed(options.Seed);
        convolution = Conv2d(1, options.Channels, options.Kernel);
        primary = new PrimaryCapsules(options);
        digits = new DigitCapsules(options);
        int[] widths = [options.Classes * options.Dimensions, .. options.DecoderHidden, options.ImageSize * options.ImageSize];
        var last = widths.Length - 2;
        decoder = Sequential(Enumerable.Range(0, last + 1).Select(i => (
            i == last ? "output" : $"hidden{i + 1}",
            Layers.Dense(widths[i], widths[i + 1], i == last ? Activation.Sigmoid : Activation.ReLU))));
        RegisterComponents();
    }

    /// <summary>Its shape.</summary>
    public CapsuleNetworkOptions Options { get; }

    /// <summary>
    /// The layer whose output is the classes' capsules, [n, classes, dimensions]; for a penalty node class · dimensions + d is dimension
    /// d of the class's capsule, the order of <see cref="CapsuleGraph.SharedDimensions"/>.
    /// </summary>
    public Module<torch.Tensor, torch.Tensor> CapsuleLayer => digits;

    /// <summary>From images to the classes' capsules, [n, classes, dimensions]; the caller owns the result.</summary>
    /// <param name="images">[n, 1, ImageSize, ImageSize] in [0, 1].</param>
    public torch.Tensor Capsules(torch.Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        return digits.call(primary.call(relu(convolution.call(images)))).MoveToOuterDisposeScope();
    }

    /// <summary>From images to class scores, the capsules' lengths, [n, classes] in [0, 1).</summary>
    /// <param name="input">[n, 1, ImageSize, ImageSize] in [0, 1].</param>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var capsules = Capsules(input);
        return Squash.Length(capsules);
    }

    /// <summary>Draws images from capsules of which all but one class's are masked with zeros; the caller owns the result.</summary>
    /// <param name="capsules">[n, classes, dimensions].</param>
    /// <param name="classes">The class that is not masked, [n], Int64.</param>
    /// <returns>[n, ImageSize²] in [0, 1].</returns>
    public torch.Tensor Decode(torch.Tensor capsules, torch.Tensor classes)
    {
        using var scope = torch.NewDisposeScope();
        var mask = one_hot(classes, Options.Classes).to(capsules.dtype).unsqueeze(-1);
        return decoder.call(capsules.mul(mask).flatten(1)).MoveToOuterDisposeScope();
    }

    /// <summary>The squared error of the reconstruction from the true class's capsule, mean over examples and pixels.</summary>
    /// <param name="images">[n, 1, ImageSize, ImageSize] in [0, 1]; stays the caller's.</param>
    /// <param name="labels">The true classes, [n], Int64; stays the caller's.</param>
    /// <param name="batchSize">Examples at once, default 128.</param>
    public double ReconstructionError(torch.Tensor images, torch.Tensor labels, int batchSize = 128)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        using var noGradient = torch.no_grad();
        var sum = 0.0;
        for (long start = 0; start < images.shape[0]; start += batchSize)
        {
            using var scope = torch.NewDisposeScope();
            var size = Math.Min(batchSize, images.shape[0] - start);
            var batch = images.narrow(0, start, size);
            sum += Decode(Capsules(batch), labels.narrow(0, start, size)).Minus(batch.flatten(1)).Squared().sum().ToDouble();
        }

        return sum / images.numel();
    }

    /// <summary>Margin loss and weighted reconstruction error (summed over pixels), means over examples; reads images and labels.</summary>
    /// <param name="batch">Images [n, 1, ImageSize, ImageSize] in [0, 1] and labels [n], Int64.</param>
    public IReadOnlyList<LossTerm> Objective(IReadOnlyList<torch.Tensor> batch)
    {
        var capsules = Capsules(batch[0]);
        var margin = new LossTerm("margin", MarginLoss.Of(Squash.Length(capsules), batch[1]));
        if (Options.ReconstructionWeight == 0) return [margin];
        var error = Decode(capsules, batch[1]).Minus(batch[0].flatten(1)).Squared().sum(1).mean();
        return [margin, new LossTerm("reconstruction", error.Times(Options.ReconstructionWeight))];
    }

    /// <summary>Writes options and weights to one file, whole or not at all.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    public void Save(string path) => ModelFile.Save(path, this, Options);

    /// <summary>Reads a model that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is not such a file; the message says why.</exception>
    public static CapsuleNetwork Load(string path) =>
        ModelFile.Load<CapsuleNetwork, CapsuleNetworkOptions>(path, options => new CapsuleNetwork(options));
}
