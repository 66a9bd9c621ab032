using Gsr.Models;
using Gsr.Native;
using Gsr.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace Gsr.Experiments.SpectralFilters;

/// <summary>A dense autoencoder whose code is a softmax mixture of fixed atoms (<see cref="AtomCode"/>).</summary>
public sealed class AtomAutoencoder : Module<torch.Tensor, torch.Tensor>
{
    private readonly Sequential encoder;
    private readonly Sequential decoder;
    private readonly Scalar noise;

    /// <summary>Makes an autoencoder with random weights; sets libtorch's random state to the options' seed.</summary>
    /// <param name="options">
    /// Widths and activations; its code is as wide as the atoms' graph, and its code activation and bias are not read.
    /// </param>
    /// <param name="atoms">Φ, [atoms, nodes].</param>
    /// <exception cref="ArgumentException">A width is not positive, or the code is not as wide as the atoms.</exception>
    public AtomAutoencoder(AutoencoderOptions options, double[,] atoms)
        : base(nameof(AtomAutoencoder))
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(atoms);
        options.Check();
        if (options.Code != atoms.GetLength(1))
            throw new ArgumentException($"options.Code is {options.Code}, but the atoms have {atoms.GetLength(1)} nodes; they must be equal.", nameof(options));
        Options = options;
        torch.manual_seed(options.Seed);
        int[] widths = [options.Inputs, .. options.Hidden];
        int[] back = [options.Code, .. options.Hidden.Reverse()];
        var mixture = new AtomCode(atoms);
        encoder = Sequential(
        [
            .. widths.Zip(widths.Skip(1), (from, to) => Layers.Dense(from, to, options.HiddenActivation)),
            Linear(widths[^1], mixture.Atoms), mixture,
        ]);
        decoder = Sequential(
        [
            .. back.Zip(back.Skip(1), (from, to) => Layers.Dense(from, to, options.HiddenActivation)),
            Layers.Dense(back[^1], options.Inputs, options.OutputActivation),
        ]);
        noise = options.CodeNoise;
        RegisterComponents();
    }

    /// <summary>Its shape.</summary>
    public AutoencoderOptions Options { get; }

    /// <summary>The layer of the atoms, whose output is the code.</summary>
    public AtomCode Code => (AtomCode)encoder.children().Last();

    /// <summary>From data [n, inputs] to codes [n, code]; the caller owns the result.</summary>
    /// <param name="input">The data.</param>
    public torch.Tensor Encode(torch.Tensor input) => encoder.call(input);

    /// <summary>From data [n, inputs] to the weights of the atoms [n, atoms], each row with sum 1; the caller owns the result.</summary>
    /// <param name="input">The data.</param>
    public torch.Tensor Weights(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var layer in encoder.children().SkipLast(1)) input = ((Module<torch.Tensor, torch.Tensor>)layer).call(input);
        return AtomCode.Weights(input).MoveToOuterDisposeScope();
    }

    /// <summary>Encodes and decodes: data [n, inputs] to reconstructions of the same shape.</summary>
    /// <param name="input">The data.</param>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var code = Encode(input);
        if (training && Options.CodeNoise > 0) code = code.Plus(torch.randn_like(code).mul(noise));
        return decoder.call(code).MoveToOuterDisposeScope();
    }

    /// <summary>The squared error of the reconstruction, mean over examples and dimensions; reads the batch's first tensor.</summary>
    /// <param name="batch">[n, inputs].</param>
    public IReadOnlyList<LossTerm> Objective(IReadOnlyList<torch.Tensor> batch) =>
        [new LossTerm("reconstruction", mse_loss(call(batch[0]), batch[0]))];
}
