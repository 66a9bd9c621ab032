using Gsr.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace Gsr.Models;

/// <summary>
/// Many independent autoencoders of one shape, run as one model: their weights lie in one tensor per layer, [members, out, in],
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

        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var members = Seeds.Select(seed => new Autoencoder(options with { Seed = seed })).ToArray();
        var parameters = Array.ConvertAll(members, OfLayers);
        var layers = activations.Select((activation, layer) => new EnsembleLinear(
            torch.stack(parameters.Select(p => p[layer].Weight)).DetachFromDisposeScope(),
            torch.stack(parameters.Select(p => p[layer].Bias.unsqueeze(0))).DetachFromDisposeScope(),
            activation)).ToArray();
        foreach (var (weight, bias) in parameters.SelectMany(p => p))
        {
            weight.Dispose();
            bias.Dispose();
        }

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

    /// <summary>One member as a model of its own, a copy of its present weights; the caller owns it.</summary>
    /// <param name="index">From 0.</param>
    public Autoencoder Member(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var member = new Autoencoder(Options with { Seed = Seeds[index] });
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var own = OfLayers(member);
        EnsembleLinear[] layers = [.. encoder.children().Concat(decoder.children()).Cast<EnsembleLinear>()];
        for (var layer = 0; layer < layers.Length; layer++)
        {
            own[layer].Weight.copy_(layers[layer].WeightOf(index));
            own[layer].Bias.copy_(layers[layer].BiasOf(index));
        }

        return member;
    }

    private static (torch.Tensor Weight, torch.Tensor Bias)[] OfLayers(Autoencoder member) =>
        [.. member.EncoderLayers.Concat(member.DecoderLayers).Select(layer => (Named(layer, "weight"), Named(layer, "bias")))];

    private static torch.Tensor Named(Module layer, string name) =>
        layer.named_parameters().Single(p => p.name.EndsWith(name, StringComparison.Ordinal)).parameter;

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
