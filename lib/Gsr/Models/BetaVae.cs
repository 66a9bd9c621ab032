using Gsr.Native;
using Gsr.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace Gsr.Models;

/// <summary>
/// β-VAE (Higgins et al. 2017): an autoencoder whose code is a normal distribution per example, held near the standard
/// one by β times the Kullback-Leibler divergence.
/// </summary>
public sealed class BetaVae : Module<torch.Tensor, torch.Tensor>, IDenseModel, IRandomModule
{
    private readonly Sequential encoder;
    private readonly Module<torch.Tensor, torch.Tensor> mean;
    private readonly Linear logVariance;
    private readonly Sequential decoder;
    private readonly torch.Generator _random;

    /// <summary>
    /// Makes a β-VAE, β ≥ 0 (1 is the plain variational autoencoder), of at least one hidden layer, with random
    /// weights; sets libtorch's random state to the options' seed. The code's activation is on the mean.
    /// </summary>
    public BetaVae(AutoencoderOptions options, double beta)
        : base(nameof(BetaVae))
    {
        options.Check();
        if (options.Hidden.Count == 0)
            throw new ArgumentException("A β-VAE needs at least one hidden layer.", nameof(options));
        if (!double.IsFinite(beta) || beta < 0)
            throw new ArgumentOutOfRangeException(nameof(beta), beta, "β must be finite and not negative.");
        Options = options;
        Beta = beta;
        _random = TorchRandom.Own(options.Seed);
        using var drawing = TorchRandom.Seeded(options.Seed);
        int[] widths = [options.Inputs, .. options.Hidden];
        var hidden = options.HiddenActivation;
        encoder = Layers.Chain(widths, hidden, $"hidden{options.Hidden.Count}", hidden);
        mean = Layers.Dense(widths[^1], options.Code, options.CodeActivation);
        logVariance = Linear(widths[^1], options.Code);
        decoder = Layers.Chain(
            [options.Code, .. options.Hidden.Reverse(), options.Inputs], hidden, "output", options.OutputActivation);
        RegisterComponents();
    }

    /// <summary>Its shape.</summary>
    public AutoencoderOptions Options { get; }

    /// <summary>β.</summary>
    public double Beta { get; }

    torch.Generator IRandomModule.Random => _random;

    Objective IDenseModel.Objective => Objective;

    DenseModel IDenseModel.Dense => new(
        [
            .. Layers.DenseLayers(encoder, Options.HiddenActivation, Options.HiddenActivation),
            Layers.DenseLayer(mean, Options.CodeActivation),
            .. Layers.DenseLayers(decoder, Options.HiddenActivation, Options.OutputActivation),
        ],
        DenseLoss.Reconstruction, "reconstruction")
    {
        NoisyLayer = Options.Hidden.Count,
        LogVariance = Layers.DenseLayer(logVariance, Activation.None),
        DivergenceWeight = DivergenceWeight,
        Random = [_random],
    };

    // The original's Gaussian log-likelihood of unit variance is half the squared error, summed over dimensions.
    private double DivergenceWeight => 2 * Beta / Options.Inputs;

    /// <summary>The layer whose output is the mean of the code.</summary>
    public Module<torch.Tensor, torch.Tensor> CodeLayer => mean;

    /// <summary>From data [n, inputs] to the codes' means [n, code]; the caller owns the result.</summary>
    public torch.Tensor Encode(torch.Tensor input)
    {
        using var hidden = encoder.call(input);
        return mean.call(hidden);
    }

    /// <summary>From codes [n, code] to data [n, inputs]; the caller owns the result.</summary>
    public torch.Tensor Decode(torch.Tensor code) => decoder.call(code);

    /// <summary>Reconstruction [n, inputs] from the codes' means, without sampling.</summary>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var code = Encode(input);
        return Decode(code);
    }

    /// <summary>
    /// Reconstruction error, mean over examples and dimensions, from one sampled code per example, and β times the
    /// divergence, KL = -½ Σⱼ (1 + log σⱼ² - μⱼ² - σⱼ²), mean over examples and divided by the data's dimensions, so
    /// that both terms are on the scale of one dimension and β means what it does in the original.
    /// </summary>
    public IReadOnlyList<LossTerm> Objective(IReadOnlyList<torch.Tensor> batch)
    {
        var hidden = encoder.call(batch[0]);
        var mu = mean.call(hidden);
        var logSigma2 = logVariance.call(hidden);
        var code = mu.Plus(mu.Noise(_random) * logSigma2.mul(Scalars.Half).exp());
        var divergence = (mu * mu).Plus(logSigma2.exp()).Minus(logSigma2).sub(Scalars.One)
            .sum(1).mean().mul(Scalars.Half);
        return
        [
            new LossTerm("reconstruction", mse_loss(Decode(code), batch[0])),
            new LossTerm("divergence", divergence.Times(DivergenceWeight)),
        ];
    }

    /// <summary>Writes options, β and weights to one file, whole or not at all.</summary>
    public void Save(string path) => ModelFile.Save(path, this, new SavedOptions(Options, Beta));

    /// <summary>Reads a model that <see cref="Save"/> wrote; an exception says why a file is none.</summary>
    public static BetaVae Load(string path) =>
        ModelFile.Load<BetaVae, SavedOptions>(path, saved => new BetaVae(saved.Options, saved.Beta));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _random.Dispose();
        base.Dispose(disposing);
    }

    private sealed record SavedOptions(AutoencoderOptions Options, double Beta);
}
