using Gsr.Native;
using Gsr.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace Gsr.Models;

/// <summary>
/// Many independent autoencoders of one shape, run as one model: their weights lie in one tensor per layer, [members, in, out],
/// and a layer is one batched matrix product. Small networks cost what they call more than what they compute, and one call here
/// serves all.
/// </summary>
/// <remarks>
/// A member starts with the weights of an <see cref="Autoencoder"/> of its seed. As the loss is the sum of the members' losses,
/// each gets its own gradient, and Adam, which works number by number, trains each as if it were alone.
/// </remarks>
public sealed class AutoencoderEnsemble : Module<torch.Tensor, torch.Tensor>
{
    private readonly Sequential encoder;
    private readonly Sequential decoder;
    private readonly Scalar _noise;

    /// <summary>Makes an ensemble with random weights; sets libtorch's random state.</summary>
    /// <param name="options">The shape of each member; its seed is not read.</param>
    /// <param name="seeds">The seed of each member's weights, at least one.</param>
    /// <exception cref="ArgumentException">There is no seed, or a width is not positive.</exception>
    public AutoencoderEnsemble(AutoencoderOptions options, IReadOnlyList<int> seeds)
        : base(nameof(AutoencoderEnsemble))
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(seeds);
        if (seeds.Count == 0) throw new ArgumentException("seeds is empty; an ensemble has at least one member.", nameof(seeds));
        options.Check();
        Options = options;
        Seeds = [.. seeds];
        _noise = options.CodeNoise;
        Activation[] activations =
        [
            .. options.Hidden.Select(_ => options.HiddenActivation), options.CodeActivation,
            .. options.Hidden.Select(_ => options.HiddenActivation), options.OutputActivation,
        ];

        var members = Seeds.Select(seed => new Autoencoder(options with { Seed = seed })).ToArray();
        var layers = EnsembleLayers.Stack(Array.ConvertAll(members, OfLayers), activations);
        foreach (var member in members) member.Dispose();
        var codeLayer = options.Hidden.Count;
        encoder = Sequential(layers[..(codeLayer + 1)]);
        decoder = Sequential(layers[(codeLayer + 1)..]);
        RegisterComponents();
    }

    /// <summary>The shape of each member.</summary>
    public AutoencoderOptions Options { get; }

    /// <summary>The seed of each member.</summary>
    public IReadOnlyList<int> Seeds { get; }

    /// <summary>Number of members.</summary>
    public int Count => Seeds.Count;

    /// <summary>The layer whose output is the code, [members, n, code].</summary>
    public Module<torch.Tensor, torch.Tensor> CodeLayer => (Module<torch.Tensor, torch.Tensor>)encoder.children().Last();

    /// <summary>From data [members, n, inputs] to codes [members, n, code]; the caller owns the result.</summary>
    /// <param name="input">The data of each member; may be broadcast by <c>expand</c>.</param>
    public torch.Tensor Encode(torch.Tensor input) => encoder.call(input);

    /// <summary>From codes [members, n, code] to data [members, n, inputs]; the caller owns the result.</summary>
    /// <param name="code">The codes; noise is added to them in training mode.</param>
    public torch.Tensor Decode(torch.Tensor code)
    {
        using var scope = torch.NewDisposeScope();
        if (training && Options.CodeNoise > 0) code = code.Plus(torch.randn_like(code).mul(_noise));
        return decoder.call(code).MoveToOuterDisposeScope();
    }

    /// <summary>Encodes and decodes: data [members, n, inputs] to reconstructions of the same shape.</summary>
    /// <param name="input">The data of each member.</param>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        return Decode(Encode(input)).MoveToOuterDisposeScope();
    }

    /// <summary>The sum over members of the squared error, mean over examples and dimensions; reads the batch's first tensor.</summary>
    /// <param name="batch">[members, n, inputs].</param>
    public IReadOnlyList<LossTerm> Objective(IReadOnlyList<torch.Tensor> batch) => [Error(call(batch[0]), batch[0])];

    /// <summary>One member as a model of its own, a copy of its present weights; the caller owns it.</summary>
    /// <param name="index">From 0.</param>
    public Autoencoder Member(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var member = new Autoencoder(Options with { Seed = Seeds[index] });
        EnsembleLayers.Copy(encoder.children().Concat(decoder.children()).Cast<EnsembleLinear>(), index, OfLayers(member));
        return member;
    }

    /// <summary>The sum over members of the mean over examples and dimensions: no member sees another in its gradient.</summary>
    internal static LossTerm Error(torch.Tensor output, torch.Tensor input) =>
        new("reconstruction", functional.mse_loss(output, input, Reduction.Sum).Times(1.0 / (input.shape[1] * input.shape[2])));

    private static IReadOnlyList<Module<torch.Tensor, torch.Tensor>> OfLayers(Autoencoder member) =>
        [.. member.EncoderLayers, .. member.DecoderLayers];

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var layer in encoder.children().Concat(decoder.children())) layer.Dispose();
        }

        base.Dispose(disposing);
    }
}
