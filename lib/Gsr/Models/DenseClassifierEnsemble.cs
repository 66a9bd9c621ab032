using Gsr.Native;
using Gsr.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace Gsr.Models;

/// <summary>
/// Many independent dense classifiers of one shape, run as one model, as <see cref="AutoencoderEnsemble"/> does for
/// autoencoders: replicates, or a sweep over penalties, train at once.
/// </summary>
/// <example><code>
/// using var ensemble = new DenseClassifierEnsemble(new DenseClassifierOptions(), seeds);
/// using var regularizer = new Regularizer().Add(ensemble.NodeLayer, new MemberPenalties(penalties), weight: 1);
/// new Trainer(ensemble, ensemble.Objective, regularizer).FitEnsemble([images, labels], ensemble.Seeds, options);
/// using var first = ensemble.Member(0);
/// </code></example>
public sealed class DenseClassifierEnsemble : Module<torch.Tensor, torch.Tensor>
{
    private readonly Sequential features;
    private readonly Sequential head;

    /// <summary>Makes an ensemble with random weights; sets libtorch's random state.</summary>
    /// <param name="options">The shape of each member; its seed is not read.</param>
    /// <param name="seeds">The seed of each member's weights, at least one; members of one seed start alike.</param>
    /// <exception cref="ArgumentException">There is no seed, or a size does not fit.</exception>
    public DenseClassifierEnsemble(DenseClassifierOptions options, IReadOnlyList<int> seeds)
        : base(nameof(DenseClassifierEnsemble))
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(seeds);
        if (seeds.Count == 0) throw new ArgumentException("seeds is empty; an ensemble has at least one member.", nameof(seeds));
        options.Check();
        Options = options;
        Seeds = [.. seeds];
        var members = Seeds.Select(seed => new DenseClassifier(options with { Seed = seed })).ToArray();
        var layers = EnsembleLayers.Stack(Array.ConvertAll(members, member => member.AllLayers), options.Activations);
        foreach (var member in members) member.Dispose();
        features = Sequential(layers[..^1]);
        head = Sequential(layers[^1]);
        RegisterComponents();
    }

    /// <summary>The shape of each member.</summary>
    public DenseClassifierOptions Options { get; }

    /// <summary>The seed of each member.</summary>
    public IReadOnlyList<int> Seeds { get; }

    /// <summary>Number of members.</summary>
    public int Count => Seeds.Count;

    /// <summary>The layer whose output are the nodes, [members, n, Nodes].</summary>
    public Module<torch.Tensor, torch.Tensor> NodeLayer => (Module<torch.Tensor, torch.Tensor>)features.children().Last();

    /// <summary>From data to class scores [members, n, Classes] (logits).</summary>
    /// <param name="input">The data of each member, [members, n, Inputs]; may be broadcast by <c>expand</c>.</param>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var nodes = features.call(input);
        return head.call(nodes);
    }

    /// <summary>The sum over members of the cross-entropy, mean over examples: no member sees another in its gradient.</summary>
    /// <param name="batch">Data [members, n, Inputs] and labels [members, n], Int64.</param>
    public IReadOnlyList<LossTerm> Objective(IReadOnlyList<torch.Tensor> batch)
    {
        var scores = call(batch[0]);
        var all = cross_entropy(scores.view(-1, Options.Classes), batch[1].view(-1), reduction: Reduction.Sum);
        return [new LossTerm("cross-entropy", all.Times(1.0 / scores.shape[1]))];
    }

    /// <summary>One member as a model of its own, a copy of its present weights; the caller owns it.</summary>
    /// <param name="index">From 0.</param>
    public DenseClassifier Member(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var member = new DenseClassifier(Options with { Seed = Seeds[index] });
        EnsembleLayers.Copy(features.children().Concat(head.children()).Cast<EnsembleLinear>(), index, member.AllLayers);
        return member;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var layer in features.children().Concat(head.children())) layer.Dispose();
        }

        base.Dispose(disposing);
    }
}
