using Gsr.Native;
using Gsr.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace Gsr.Models;

/// <summary>Many independent autoencoders of one shape, run as one model.</summary>
public sealed class AutoencoderEnsemble : DenseEnsemble<Autoencoder>
{
    private readonly Sequential encoder;
    private readonly Sequential decoder;
    private readonly Scalar _noise;

    /// <summary>
    /// Makes an ensemble of one member per seed, whose weights it gives (the options' own is not read); members of one
    /// seed start alike. Sets libtorch's random state.
    /// </summary>
    public AutoencoderEnsemble(AutoencoderOptions options, IReadOnlyList<int> seeds)
        : base(
            nameof(AutoencoderEnsemble), seeds, Activations(options),
            seed => new Autoencoder(options with { Seed = seed }),
            member => [.. member.EncoderLayers, .. member.DecoderLayers])
    {
        Options = options;
        _noise = options.CodeNoise;
        var codeLayer = options.Hidden.Count;
        encoder = Sequential(StackedLayers[..(codeLayer + 1)]);
        decoder = Sequential(StackedLayers[(codeLayer + 1)..]);
        RegisterComponents();
    }

    /// <summary>The shape of each member.</summary>
    public AutoencoderOptions Options { get; }

    /// <summary>The layer whose output is the code, [members, n, code].</summary>
    public Module<torch.Tensor, torch.Tensor> CodeLayer => StackedLayers[Options.Hidden.Count];

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
        if (training && Options.CodeNoise > 0) code = code.Plus(torch.randn_like(code).mul(_noise));
        return decoder.call(code).MoveToOuterDisposeScope();
    }

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

    private static Activation[] Activations(AutoencoderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        Activation[] hidden = [.. options.Hidden.Select(_ => options.HiddenActivation)];
        return [.. hidden, options.CodeActivation, .. hidden, options.OutputActivation];
    }
}
