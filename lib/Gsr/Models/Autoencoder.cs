using Gsr.Native;
using Gsr.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace Gsr.Models;

/// <summary>
/// A dense autoencoder: encoder, code, mirrored decoder. A penalty may be attached to any of its layers; to
/// <see cref="CodeLayer"/> in the paper.
/// </summary>
public sealed class Autoencoder : Module<torch.Tensor, torch.Tensor>, IDenseModel, IRandomModule
{
    private readonly Sequential encoder;
    private readonly Sequential decoder;
    private readonly Scalar _noise;
    private readonly torch.Generator _random;

    /// <summary>Makes an autoencoder with random weights; sets libtorch's random state to the options' seed.</summary>
    public Autoencoder(AutoencoderOptions options)
        : base(nameof(Autoencoder))
    {
        options.Check();
        Options = options;
        _random = TorchRandom.Own(options.Seed);
        using var drawing = TorchRandom.Seeded(options.Seed);
        int[] widths = [options.Inputs, .. options.Hidden, options.Code];
        encoder = Layers.Chain(widths, options.HiddenActivation, "code", options.CodeActivation);
        decoder = Layers.Chain([.. widths.Reverse()], options.HiddenActivation, "output", options.OutputActivation);
        _noise = options.CodeNoise;
        RegisterComponents();
        if (options.CodeBias is { } bias) SetCodeBias(bias);
    }

    /// <summary>Its shape.</summary>
    public AutoencoderOptions Options { get; }

    /// <summary>The encoder's layers, outermost first; the last is <see cref="CodeLayer"/>.</summary>
    internal IReadOnlyList<Module<torch.Tensor, torch.Tensor>> EncoderLayers =>
        [.. encoder.children().Cast<Module<torch.Tensor, torch.Tensor>>()];

    /// <summary>The decoder's layers, innermost first.</summary>
    internal IReadOnlyList<Module<torch.Tensor, torch.Tensor>> DecoderLayers =>
        [.. decoder.children().Cast<Module<torch.Tensor, torch.Tensor>>()];

    /// <summary>The layer whose output is the code.</summary>
    public Module<torch.Tensor, torch.Tensor> CodeLayer => EncoderLayers[^1];

    torch.Generator IRandomModule.Random => _random;

    Objective IDenseModel.Objective => Objective;

    DenseModel IDenseModel.Dense => new(
        [
            .. Layers.DenseLayers(encoder, Options.HiddenActivation, Options.CodeActivation),
            .. Layers.DenseLayers(decoder, Options.HiddenActivation, Options.OutputActivation),
        ],
        DenseLoss.Reconstruction, "reconstruction")
    {
        NoisyLayer = Options.CodeNoise > 0 ? Options.Hidden.Count : -1,
        Noise = Options.CodeNoise,
        Random = [_random],
    };

    /// <summary>From data [n, inputs] to codes [n, code]; the caller owns the result.</summary>
    public torch.Tensor Encode(torch.Tensor input) => encoder.call(input);

    /// <summary>From codes [n, code] to data [n, inputs]; the caller owns the result.</summary>
    public torch.Tensor Decode(torch.Tensor code) => decoder.call(code);

    /// <summary>Encodes and decodes: data [n, inputs] to reconstructions of the same shape.</summary>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var code = Encode(input);
        if (training && Options.CodeNoise > 0) code = code.Plus(code.Noise(_random).mul_(_noise));
        return Decode(code).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The squared error of the reconstruction, mean over examples and dimensions; reads the batch's first tensor.
    /// </summary>
    public IReadOnlyList<LossTerm> Objective(IReadOnlyList<torch.Tensor> batch) =>
        [new LossTerm("reconstruction", mse_loss(call(batch[0]), batch[0]))];

    /// <summary>
    /// The squared error of each example's reconstruction, mean over dimensions: [n, inputs] to [n], the caller's.
    /// </summary>
    public torch.Tensor Errors(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        return call(input).Minus(input).Squared().mean([1]).MoveToOuterDisposeScope();
    }

    /// <summary>Writes options and weights to one file, whole or not at all.</summary>
    public void Save(string path) => ModelFile.Save(path, this, Options);

    /// <summary>Reads a model that <see cref="Save"/> wrote; an exception says why a file is none.</summary>
    public static Autoencoder Load(string path) =>
        ModelFile.Load<Autoencoder, AutoencoderOptions>(path, options => new Autoencoder(options));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _random.Dispose();
        base.Dispose(disposing);
    }

    private void SetCodeBias(double bias)
    {
        using var noGradient = torch.no_grad();
        foreach (var (name, parameter) in CodeLayer.named_parameters())
            if (name.EndsWith("bias", StringComparison.Ordinal)) Scalars.With(bias, parameter.fill_);
    }
}
