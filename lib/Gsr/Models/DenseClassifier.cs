using Gsr.Native;
using Gsr.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace Gsr.Models;

/// <summary>
/// A multi-layer perceptron that classifies: dense hidden layers, each of which a penalty may be attached to, alone or
/// together with the others, and a dense layer of class scores. He initialisation.
/// </summary>
/// <example><code>
/// using var model = new DenseClassifier(new DenseClassifierOptions { Hidden = [40, 40, 40], Seed = 1 });
/// using var regularizer = new Regularizer().Add(model.HiddenLayers[1], new GraphPenalty(graph.Laplacian()), 1e-2);
/// </code></example>
public sealed class DenseClassifier : Module<torch.Tensor, torch.Tensor>, IDenseModel, IRandomModule
{
    private readonly Module<torch.Tensor, torch.Tensor>[] _hidden;
    private readonly torch.Generator _random;
    private readonly Sequential layers;

    /// <summary>Makes a classifier with random weights; sets libtorch's random state to the options' seed.</summary>
    public DenseClassifier(DenseClassifierOptions options)
        : base(nameof(DenseClassifier))
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        Options = options;
        _random = TorchRandom.Own(options.Seed);
        using var drawing = TorchRandom.Seeded(options.Seed);
        int[] widths = [options.Inputs, .. options.Hidden];
        _hidden = [.. options.Hidden.Select((width, i) => Layers.Dense(widths[i], width, options.Activations[i]))];
        layers = Sequential([
            ("flatten", Flatten()),
            .. _hidden.SelectMany((layer, i) => new (string, Module<torch.Tensor, torch.Tensor>)[]
            {
                ($"hidden{i + 1}", layer), ($"dropout{i + 1}", new OwnDropout(options.Dropout, _random)),
            }.Take(options.Dropout > 0 ? 2 : 1)),
            ("classes", Linear(widths[^1], options.Classes))]);
        RegisterComponents();
        Layers.HeInitialise(this);
    }

    /// <summary>Its shape.</summary>
    public DenseClassifierOptions Options { get; }

    /// <summary>
    /// The hidden layers, first to last; the output of each, [n, width], is what follows its activation.
    /// </summary>
    public IReadOnlyList<Module<torch.Tensor, torch.Tensor>> HiddenLayers => _hidden;

    /// <summary>All dense layers, first to last: the hidden ones and that of the class scores.</summary>
    internal IReadOnlyList<Module<torch.Tensor, torch.Tensor>> DenseLayers =>
        [.. _hidden, (Module<torch.Tensor, torch.Tensor>)layers.children().Last()];

    Objective IDenseModel.Objective => Objective;

    torch.Generator IRandomModule.Random => _random;

    DenseModel IDenseModel.Dense => new(
        [.. DenseLayers.Select((block, i) => Layers.DenseLayer(
            block, i < Options.Hidden.Count ? Options.Activations[i] : Activation.None))],
        DenseLoss.CrossEntropy, "cross-entropy")
    {
        Dropout = Options.Dropout,
        Random = [_random],
    };

    /// <summary>
    /// From examples [n, …], flattened to Inputs numbers each, to class scores [n, Classes] (logits).
    /// </summary>
    public override torch.Tensor forward(torch.Tensor input) => layers.call(input);

    /// <summary>
    /// All hidden layers' activations side by side, without dropout: [n, sum of widths], the first layer's neurons
    /// first, as a penalty across the layers sees them; the caller owns the result.
    /// </summary>
    public torch.Tensor Hidden(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var outputs = new torch.Tensor[_hidden.Length];
        var last = input.flatten(1);
        for (var i = 0; i < outputs.Length; i++) outputs[i] = last = _hidden[i].call(last);
        return torch.cat(outputs, 1).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The last hidden layer's activations, without dropout: [n, its width]; the caller owns the result.
    /// </summary>
    public torch.Tensor LastHidden(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var last = input.flatten(1);
        foreach (var layer in _hidden) last = layer.call(last);
        return last.MoveToOuterDisposeScope();
    }

    /// <summary>Cross-entropy, mean over examples; reads examples [n, …] and labels [n], Int64.</summary>
    public IReadOnlyList<LossTerm> Objective(IReadOnlyList<torch.Tensor> batch) =>
        [new LossTerm("cross-entropy", cross_entropy(call(batch[0]), batch[1]))];

    /// <summary>Writes options and weights to one file, whole or not at all.</summary>
    public void Save(string path) => ModelFile.Save(path, this, Options);

    /// <summary>Reads a model that <see cref="Save"/> wrote; an exception says why a file is none.</summary>
    public static DenseClassifier Load(string path) =>
        ModelFile.Load<DenseClassifier, DenseClassifierOptions>(path, options => new DenseClassifier(options));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _random.Dispose();
        base.Dispose(disposing);
    }
}
