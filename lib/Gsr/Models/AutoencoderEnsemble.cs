using Gsr.Native;
using Gsr.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace Gsr.Models;

/// <summary>Many independent autoencoders of one shape, run as one model.</summary>
public sealed class AutoencoderEnsemble : DenseEnsemble<Autoencoder>, IDenseModel
{
    private readonly Sequential encoder;
    private readonly Sequential decoder;
    private readonly Scalar _noise;
    private readonly torch.Generator[] _random;

    /// <summary>
    /// Makes an ensemble of one member per seed, whose weights it gives (the options' own is not read); members of one
    /// seed start alike. Sets libtorch's random state. Noise on a member's codes comes from its own seed, whoever is in
    /// the ensemble and whatever is trained beside it.
    /// </summary>
    public AutoencoderEnsemble(AutoencoderOptions options, IReadOnlyList<int> seeds)
        : base(
            nameof(AutoencoderEnsemble), seeds, Activations(options),
            seed => new Autoencoder(options with { Seed = seed }),
            member => [.. member.EncoderLayers, .. member.DecoderLayers])
    {
        Options = options;
        _noise = options.CodeNoise;
        _random = [.. seeds.Select(seed => new torch.Generator(unchecked((ulong)seed)))];
        var codeLayer = options.Hidden.Count;
        encoder = Sequential(StackedLayers[..(codeLayer + 1)]);
        decoder = Sequential(StackedLayers[(codeLayer + 1)..]);
        RegisterComponents();
    }

    /// <summary>The shape of each member.</summary>
    public AutoencoderOptions Options { get; }

    /// <summary>The layer whose output is the code, [members, n, code].</summary>
    public Module<torch.Tensor, torch.Tensor> CodeLayer => StackedLayers[Options.Hidden.Count];

    Objective IDenseModel.Objective => Objective;

    DenseModel IDenseModel.Dense => new(
        [.. StackedLayers.Zip(Activations(Options), (block, activation) => Layers.DenseLayer(block, activation))],
        DenseLoss.Reconstruction, "reconstruction")
    {
        NoisyLayer = Options.CodeNoise > 0 ? Options.Hidden.Count : -1,
        Noise = Options.CodeNoise,
        Random = _random,
    };

    /// <summary>
    /// From data [members, n, inputs], which may be broadcast by <c>expand</c>, to codes [members, n, code]; the caller
    /// owns the result.
    /// </summary>
    public torch.Tensor Encode(torch.Tensor input) => encoder.call(input);

    /// <summary>
    /// From codes [members, n, code], with noise added in training mode, to data [members, n, inputs]; the caller owns
    /// the result.
    /// </summary>
    public torch.Tensor Decode(torch.Tensor code)
    {
        using var scope = torch.NewDisposeScope();
        if (training && Options.CodeNoise > 0) code = code.Plus(Noise(code));
        return decoder.call(code).MoveToOuterDisposeScope();
    }

    private torch.Tensor Noise(torch.Tensor code) => torch.stack(_random.Select(random =>
        torch.randn(code.shape[1], code.shape[2], code.dtype, generator: random))).mul_(_noise).to(code.device);

    /// <summary>Encodes and decodes: data [members, n, inputs] to reconstructions of the same shape.</summary>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        return Decode(Encode(input)).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The sum over members of the squared error, mean over examples and dimensions; reads the batch's first tensor.
    /// </summary>
    public IReadOnlyList<LossTerm> Objective(IReadOnlyList<torch.Tensor> batch) => [Error(call(batch[0]), batch[0])];

    /// <summary>
    /// The sum over members of the mean over examples and dimensions: no member sees another in its gradient.
    /// </summary>
    internal static LossTerm Error(torch.Tensor output, torch.Tensor input) =>
        new(
            "reconstruction",
            functional.mse_loss(output, input, Reduction.Sum).Times(1.0 / (input.shape[1] * input.shape[2])));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var random in _random) random.Dispose();
        }

        base.Dispose(disposing);
    }

    private static Activation[] Activations(AutoencoderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        Activation[] hidden = [.. options.Hidden.Select(_ => options.HiddenActivation)];
        return [.. hidden, options.CodeActivation, .. hidden, options.OutputActivation];
    }
}
