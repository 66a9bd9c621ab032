using Gsr.Models;
using Gsr.Native;
using Gsr.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace Gsr.Experiments.SpectralFilters;

/// <summary>
/// A dense autoencoder whose code is a mixture of fixed atoms, z = softmax(h) Φ: the encoder gives the amount of each
/// atom, and the atoms, bumps on a graph (<see cref="LocalisedAtoms"/>), say which nodes that activates. It has
/// structure by construction instead of by a penalty.
/// </summary>
public sealed class AtomAutoencoder : Module<torch.Tensor, torch.Tensor>, IRandomModule
{
    private readonly Sequential encoder;
    private readonly Sequential decoder;
    private readonly torch.Tensor atoms;
    private readonly AutoencoderOptions _options;
    private readonly Scalar _noise;
    private readonly torch.Generator _random;

    /// <summary>
    /// Makes an autoencoder with random weights and atoms Φ, [atoms, nodes], which are not trained; sets libtorch's
    /// random state to the options' seed. The options' code activation and bias are not used.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// A width is not positive, or the code is not as wide as the atoms.
    /// </exception>
    public AtomAutoencoder(AutoencoderOptions options, double[,] atoms)
        : base(nameof(AtomAutoencoder))
    {
        options.Check();
        Arguments.Length(atoms.GetLength(1), options.Code, nameof(atoms), "node of the code");
        (_options, _noise) = (options, options.CodeNoise);
        _random = TorchRandom.Own(options.Seed);
        using var drawing = TorchRandom.Seeded(options.Seed);
        int[] widths = [options.Inputs, .. options.Hidden];
        int[] back = [options.Code, .. options.Hidden.Reverse()];
        encoder = Sequential(
        [
            .. widths.Zip(widths.Skip(1), (from, to) => Layers.Dense(from, to, options.HiddenActivation)),
            Linear(widths[^1], atoms.GetLength(0)),
        ]);
        decoder = Sequential(
        [
            .. back.Zip(back.Skip(1), (from, to) => Layers.Dense(from, to, options.HiddenActivation)),
            Layers.Dense(back[^1], options.Inputs, options.OutputActivation),
        ]);
        this.atoms = Tensors.Matrix(atoms).DetachFromDisposeScope();
        RegisterComponents();
    }

    torch.Generator IRandomModule.Random => _random;

    /// <summary>From data [n, inputs] to the weights of the atoms [n, atoms], each row with sum 1.</summary>
    public torch.Tensor Weights(torch.Tensor input)
    {
        using var amounts = encoder.call(input);
        return softmax(amounts, 1);
    }

    /// <summary>From data [n, inputs] to codes [n, nodes].</summary>
    public torch.Tensor Encode(torch.Tensor input)
    {
        using var weights = Weights(input);
        return torch.matmul(weights, atoms);
    }

    /// <summary>Encodes and decodes: data [n, inputs] to reconstructions of the same shape.</summary>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var code = Encode(input);
        if (training && _options.CodeNoise > 0) code = code.Plus(code.Noise(_random).mul_(_noise));
        return decoder.call(code).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The squared error of the reconstruction of a batch [n, inputs], mean over examples and dimensions.
    /// </summary>
    public IReadOnlyList<LossTerm> Objective(IReadOnlyList<torch.Tensor> batch) =>
        [new LossTerm("reconstruction", mse_loss(call(batch[0]), batch[0]))];

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _random.Dispose();
        base.Dispose(disposing);
    }
}
