using Gsr.Graphs;
using Gsr.Models;
using Gsr.Native;
using Gsr.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace Gsr.Experiments.Capsules;

/// <summary>
/// The capsule network of Sabour, Frosst and Hinton (2017, "Dynamic Routing Between Capsules"): a convolution, primary
/// capsules, one capsule per class routed to by agreement, and a decoder that redraws the image from the true class's
/// capsule, the others masked. A capsule's length is its class's score, its direction describes how the class is drawn.
/// </summary>
public sealed class CapsuleNetwork : Module<torch.Tensor, torch.Tensor>, IFusedConvolutions
{
    private static readonly Scalar PresentMargin = 0.9;
    private static readonly Scalar AbsentMargin = -0.1;
    private static readonly Scalar DownWeight = 0.5;

    private readonly Conv2d convolution;
    private readonly PrimaryCapsules primary;
    private readonly DigitCapsules digits;
    private readonly Sequential decoder;
    // Its own, so that networks trained side by side do not draw from one state.
    private readonly Random _random;
    private readonly Scalar _classes;

    /// <summary>Makes a network with random weights; sets libtorch's random state to the options' seed.</summary>
    public CapsuleNetwork(CapsuleNetworkOptions options)
        : base(nameof(CapsuleNetwork))
    {
        (Options, _random, _classes) = (options, new Random(options.Seed), options.Classes);
        using var drawing = TorchRandom.Seeded(options.Seed);
        convolution = Conv2d(1, options.Channels, options.Kernel);
        primary = new PrimaryCapsules(options);
        digits = new DigitCapsules(options);
        int[] widths =
            [options.Classes * options.Dimensions, .. options.DecoderHidden, options.ImageSize * options.ImageSize];
        var last = widths.Length - 2;
        decoder = Sequential(Enumerable.Range(0, last + 1).Select(i => (
            i == last ? "output" : $"hidden{i + 1}",
            Layers.Dense(widths[i], widths[i + 1], i == last ? Activation.Sigmoid : Activation.ReLU))));
        RegisterComponents();
    }

    /// <summary>Its shape.</summary>
    public CapsuleNetworkOptions Options { get; }

    /// <summary>
    /// The layer whose output is the classes' capsules, [n, classes, dimensions]; for a penalty node class · dimensions
    /// + d is dimension d of the class's capsule, the order of <see cref="SharedDimensions"/>.
    /// </summary>
    public Module<torch.Tensor, torch.Tensor> CapsuleLayer => digits;

    /// <summary>
    /// One complete graph per dimension: dimension d of every capsule is joined to dimension d of every other (Tong et
    /// al. 2020, the capsule experiment: 16 graphs K₁₀); <c>Complete(capsules).Copies(dimensions)</c> in the layer's
    /// order.
    /// </summary>
    public static FeatureGraph SharedDimensions(int capsules, int dimensions) =>
        FeatureGraph.Complete(capsules).Copies(dimensions).Permuted([.. Enumerable.Range(0, capsules * dimensions)
            .Select(i => (i % capsules * dimensions) + (i / capsules))]);

    /// <summary>From images [n, 1, size, size] in [0, 1] to the classes' capsules, [n, classes, dimensions].</summary>
    public torch.Tensor Capsules(torch.Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        var features = FusedConvolution.Of(images, convolution, isPooled: false, slope: 0)
            ?? relu(convolution.call(ChannelsLast.Of(images)));
        return digits.call(primary.call(features)).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// From images [n, 1, size, size] to class scores, the capsules' lengths, [n, classes] in [0, 1).
    /// </summary>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var capsules = Capsules(input);
        return Squash.Length(capsules);
    }

    /// <summary>
    /// Draws images [n, size²] in [0, 1] from capsules [n, classes, dimensions] of which all but one class's, [n],
    /// Int64, are masked with zeros.
    /// </summary>
    public torch.Tensor Decode(torch.Tensor capsules, torch.Tensor classes)
    {
        using var scope = torch.NewDisposeScope();
        var mask = one_hot(classes, Options.Classes).to(capsules.dtype).unsqueeze(-1);
        return decoder.call(capsules.mul(mask).flatten(1)).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Adds -0.25 to 0.25 in steps of 0.05 to one dimension of the given class's capsule and decodes, as Sabour, Frosst
    /// and Hinton (2017, section 5.1) do to see what a dimension means.
    /// </summary>
    /// <returns>[example][step], each an image in [0, 1], row by row.</returns>
    public float[][][] Perturbed(torch.Tensor capsules, torch.Tensor classes, int dimension)
    {
        using var noGradient = torch.no_grad();
        var count = (int)capsules.shape[0];
        float[][][] images = [.. Enumerable.Range(0, count).Select(_ => new float[CapsuleResponses.Steps.Count][])];
        for (var step = 0; step < CapsuleResponses.Steps.Count; step++)
        {
            using var scope = torch.NewDisposeScope();
            var moved = capsules.clone();
            // Of all classes: the decoder sees only the one.
            Scalars.With(CapsuleResponses.Steps[step], by => moved.select(2, dimension).add_(by, Scalars.One));
            var pixels = Decode(moved, classes).to(torch.float32).cpu().ToValues<float>();
            var size = pixels.Length / count;
            for (var i = 0; i < count; i++) images[i][step] = pixels[(i * size)..((i + 1) * size)];
        }

        return images;
    }

    /// <summary>
    /// The squared error of the reconstruction of images [n, 1, size, size] from the capsules of their classes [n],
    /// Int64; mean over examples and pixels.
    /// </summary>
    public double ReconstructionError(torch.Tensor images, torch.Tensor labels)
    {
        const int BatchSize = 128;
        using var noGradient = torch.no_grad();
        var sum = 0.0;
        for (long start = 0; start < images.shape[0]; start += BatchSize)
        {
            using var scope = torch.NewDisposeScope();
            var size = Math.Min(BatchSize, images.shape[0] - start);
            var batch = images.narrow(0, start, size);
            var redrawn = Decode(Capsules(batch), labels.narrow(0, start, size));
            sum += redrawn.Minus(batch.flatten(1)).Squared().sum().Value();
        }

        return sum / images.numel();
    }

    /// <summary>
    /// Margin loss and weighted reconstruction error (summed over pixels), means over a batch of images [n, 1, size,
    /// size] and labels [n], Int64. The decoder reads what <see cref="CapsuleNetworkOptions.ReadingProbability"/> says.
    /// </summary>
    public IReadOnlyList<LossTerm> Objective(IReadOnlyList<torch.Tensor> batch)
    {
        var capsules = Capsules(batch[0]);
        var margin = new LossTerm("margin", MarginLoss(Squash.Length(capsules), batch[1]));
        var read = Options.ReadingProbability > 0 ? Read(capsules, batch[1]) : capsules;
        var error = Decode(read, batch[1]).Minus(batch[0].flatten(1)).Squared().sum(1).mean();
        return [margin, new LossTerm("reconstruction", error.Times(Options.ReconstructionWeight))];
    }

    /// <summary>
    /// The true class's capsule u, or with the options' probability the capsule w of another class, any of them alike,
    /// as w |u| / |w| with |u| a constant; in the place of every class, since the decoder masks the others.
    /// </summary>
    internal torch.Tensor Read(torch.Tensor capsules, torch.Tensor labels)
    {
        using var scope = torch.NewDisposeScope();
        var others = new long[labels.shape[0]];
        for (var i = 0; i < others.Length; i++)
        {
            if (_random.NextDouble() < Options.ReadingProbability)
                others[i] = 1 + _random.Next(Options.Classes - 1);
        }

        var offset = torch.tensor(others);
        var (own, read) = (Of(labels), Of(labels.add(offset, Scalars.One).remainder(_classes)));
        // Where the capsule read is the own one, the factor is 1 whatever its gradient.
        var longer = Squash.Length(own).detach().div(Squash.Length(read)).add(Scalars.MinusOne, Scalars.One);
        var factor = longer.mul(offset.sign().to(capsules.dtype)).add(Scalars.One, Scalars.One);
        return read.mul(factor.unsqueeze(-1)).unsqueeze(1).expand(capsules.shape).MoveToOuterDisposeScope();

        torch.Tensor Of(torch.Tensor classes) => capsules
            .gather(1, classes.view(-1, 1, 1).expand(-1, 1, capsules.shape[2])).squeeze(1);
    }

    /// <summary>
    /// L = Σ_k T_k max(0, m⁺ - |v_k|)² + λ (1 - T_k) max(0, |v_k| - m⁻)² of lengths [n, classes], with T_k = 1 for the
    /// true class, m⁺ = 0.9, m⁻ = 0.1, λ = 0.5 (Sabour, Frosst and Hinton 2017, equation 4), mean over examples.
    /// </summary>
    internal static torch.Tensor MarginLoss(torch.Tensor lengths, torch.Tensor labels)
    {
        using var scope = torch.NewDisposeScope();
        var truth = one_hot(labels, lengths.shape[1]).to(lengths.dtype);
        var missing = relu(lengths.neg().add(PresentMargin, Scalars.One)).Squared();
        var extra = relu(lengths.add(AbsentMargin, Scalars.One)).Squared().mul(DownWeight);
        // T · missing + (1 - T) · extra
        var perClass = extra.Plus(truth.mul(missing.Minus(extra)));
        return perClass.sum(1).mean().MoveToOuterDisposeScope();
    }
}
