using Gsr.Models;
using Gsr.Native;
using Gsr.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace Gsr.Experiments.Costs;

/// <summary>
/// Many independent dense classifiers of one shape, run as one model: replicates, or a sweep over penalties.
/// </summary>
public sealed class DenseClassifierEnsemble : DenseEnsemble<DenseClassifier>
{
    private readonly Sequential features;
    private readonly Sequential head;

    /// <summary>
    /// Makes an ensemble with random weights; sets libtorch's random state. Members of one seed start alike; the seed
    /// of the options is not used.
    /// </summary>
    /// <exception cref="ArgumentException">There is no seed, a size does not fit, or there is dropout.</exception>
    public DenseClassifierEnsemble(DenseClassifierOptions options, IReadOnlyList<int> seeds)
        : base(
            nameof(DenseClassifierEnsemble), seeds, Activations(options),
            seed => new DenseClassifier(options with { Seed = seed }), member => member.DenseLayers)
    {
        Options = options;
        features = Sequential(StackedLayers[..^1]);
        head = Sequential(StackedLayers[^1]);
        RegisterComponents();
    }

    /// <summary>The shape of each member.</summary>
    public DenseClassifierOptions Options { get; }

    /// <summary>
    /// The hidden layers, first to last; each has the output [members, n, width], after its activation.
    /// </summary>
    public IReadOnlyList<Module<torch.Tensor, torch.Tensor>> HiddenLayers => StackedLayers[..^1];

    /// <summary>From data [members, n, inputs] to class scores [members, n, classes] (logits).</summary>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var hidden = features.call(input);
        return head.call(hidden);
    }

    /// <summary>
    /// The sum over members of the cross-entropy, mean over examples, of data [members, n, inputs] and labels [members,
    /// n], Int64: no member affects another's gradient.
    /// </summary>
    public IReadOnlyList<LossTerm> Objective(IReadOnlyList<torch.Tensor> batch)
    {
        var scores = call(batch[0]);
        var all = cross_entropy(scores.view(-1, Options.Classes), batch[1].view(-1), reduction: Reduction.Sum);
        return [new LossTerm("cross-entropy", all.Times(1.0 / scores.shape[1]))];
    }

    private static IReadOnlyList<Activation> Activations(DenseClassifierOptions options)
    {
        options.Check();
        return options.Dropout == 0 ? options.Activations : throw new ArgumentException(
            $"DenseClassifierOptions.Dropout is {options.Dropout}; an ensemble has no dropout: set it to 0, or train "
            + "single classifiers.", nameof(options));
    }
}
