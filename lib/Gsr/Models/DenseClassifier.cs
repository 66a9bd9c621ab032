using Gsr.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace Gsr.Models;

/// <summary>
/// A dense classifier whose last hidden layer is the one that a penalty acts on: the small relative of
/// <see cref="GridClassifier"/>, of which many train at once (<see cref="DenseClassifierEnsemble"/>). He initialisation.
/// </summary>
public sealed class DenseClassifier : Module<torch.Tensor, torch.Tensor>
{
    private readonly Sequential features;
    private readonly Sequential head;

    /// <summary>Makes a classifier with random weights; sets libtorch's random state to the options' seed.</summary>
    /// <param name="options">Its shape.</param>
    /// <exception cref="ArgumentException">A size does not fit.</exception>
    public DenseClassifier(DenseClassifierOptions options)
        : base(nameof(DenseClassifier))
    {
        options.Check();
        Options = options;
        torch.manual_seed(options.Seed);
        int[] widths = [options.Inputs, .. options.Hidden, options.Nodes];
        features = Sequential(Enumerable.Range(0, widths.Length - 1).Select(i => (
            i == widths.Length - 2 ? "nodes" : $"hidden{i + 1}", Layers.Dense(widths[i], widths[i + 1], options.Activations[i]))));
        head = Sequential(("classes", Linear(options.Nodes, options.Classes)));
        RegisterComponents();
        Layers.HeInitialise(this);
    }

    /// <summary>Its shape.</summary>
    public DenseClassifierOptions Options { get; }

    /// <summary>The layers, outermost first; the last but one is <see cref="NodeLayer"/>.</summary>
    public IReadOnlyList<Module<torch.Tensor, torch.Tensor>> AllLayers =>
        [.. features.children().Concat(head.children()).Cast<Module<torch.Tensor, torch.Tensor>>()];

    /// <summary>The layer whose output are the nodes, [n, Nodes].</summary>
    public Module<torch.Tensor, torch.Tensor> NodeLayer => AllLayers[^2];

    /// <summary>From data [n, Inputs] to the nodes' activations [n, Nodes]; the caller owns the result.</summary>
    /// <param name="input">The data.</param>
    public torch.Tensor Nodes(torch.Tensor input) => features.call(input);

    /// <summary>From data to class scores [n, Classes] (logits).</summary>
    /// <param name="input">[n, Inputs].</param>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var nodes = Nodes(input);
        return head.call(nodes);
    }

    /// <summary>Cross-entropy, mean over examples; reads data and labels.</summary>
    /// <param name="batch">Data [n, Inputs] and labels [n], Int64.</param>
    public IReadOnlyList<LossTerm> Objective(IReadOnlyList<torch.Tensor> batch) =>
        [new LossTerm("cross-entropy", cross_entropy(call(batch[0]), batch[1]))];

    /// <summary>Writes options and weights to one file, whole or not at all.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    public void Save(string path) => ModelFile.Save(path, this, Options);

    /// <summary>Reads a model that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is not such a file; the message says why.</exception>
    public static DenseClassifier Load(string path) =>
        ModelFile.Load<DenseClassifier, DenseClassifierOptions>(path, options => new DenseClassifier(options));
}
