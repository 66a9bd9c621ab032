using Gsr.Penalties;
using Gsr.Training;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Learning;

/// <summary>
/// Algorithm 1 of Tong et al. 2020: trains a model, builds a graph of a layer's nodes from their activations, goes on
/// with α zᵀLz of that graph added to the loss, and builds it anew every few steps. Smoothing and rebuilding reinforce
/// each other; the task loss keeps the nodes from becoming one.
/// </summary>
/// <remarks>
/// One optimiser runs through. The same seed gives the same graphs, bit for bit, on one number of threads.
/// </remarks>
/// <example><code>
/// using var model = new Autoencoder(new AutoencoderOptions { Inputs = 100, Code = 20, CodeNoise = 0.5 });
/// using var learner = new GraphLearner(
///     model, model.Objective, model.CodeLayer, new NearestNeighbourBuilder(5), model.Encode);
/// var learned = learner.Fit(
///     [samples], new GraphLearningOptions { Weight = 1e-2 }, new TrainingOptions { Steps = 10_000 });
/// Console.WriteLine(learned);     // 50 graphs, all steps done; step 9,900: 48 edges, 3 components, Jaccard 1.00
/// </code></example>
public sealed class GraphLearner : IDisposable
{
    private readonly Module _model;
    private readonly Objective _objective;
    private readonly Module<torch.Tensor, torch.Tensor>[] _layers;
    private readonly IFeatureGraphBuilder _builder;
    private readonly LayerActivations _activations;
    private readonly LearnedGraphPenalty _penalty = new();
    private GraphLearningLoop? _loop;

    /// <summary>
    /// Makes a learner of a layer's graph; model and layer stay the caller's. The model must run the layer by
    /// <c>call</c>. <paramref name="upToLayer"/> runs the model up to the layer, from the examples' first tensor, such
    /// as <c>model.Encode</c>; null runs the whole objective for a graph, which costs more.
    /// </summary>
    public GraphLearner(
        Module model, Objective objective, Module<torch.Tensor, torch.Tensor> layer, IFeatureGraphBuilder builder,
        Func<torch.Tensor, torch.Tensor>? upToLayer = null)
        : this(model, objective, [layer ?? throw new ArgumentNullException(nameof(layer))], builder, upToLayer)
    {
    }

    /// <summary>
    /// Makes a learner of one graph across several layers, each named once, whose nodes are those of the first one, then
    /// of the second, and so on; otherwise as for one layer.
    /// </summary>
    public GraphLearner(
        Module model, Objective objective, IReadOnlyList<Module<torch.Tensor, torch.Tensor>> layers,
        IFeatureGraphBuilder builder, Func<torch.Tensor, torch.Tensor>? upToLayer = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(builder);
        (_model, _objective, _layers, _builder) = (model, objective, [.. layers], builder);
        // Before the first graph the weight is 0, at which the penalty is not asked.
        Regularizer = new Regularizer().AddAcross(
            _layers, _penalty, new WeightSchedule(step => _loop?.WeightAt(step) ?? 0, "of the learned graph"), "graph");
        _activations = new LayerActivations(model, _layers, batch =>
        {
            if (upToLayer is null) _objective(batch);
            else upToLayer(batch[0]);
        });
    }

    /// <summary>Holds the learned graph's penalty, named "graph"; others may be added to it before training.</summary>
    public Regularizer Regularizer { get; }

    /// <summary>
    /// Trains the model and learns the graph; leaves the model in evaluation mode. The training's length is that of
    /// both parts together; its seed also draws the graphs' samples.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// Examples or options are wrong, or the training is not longer than its first part; the message says which.
    /// </exception>
    /// <exception cref="DivergenceException">A term became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public LearnedGraph Fit(
        IReadOnlyList<torch.Tensor> examples, GraphLearningOptions options, TrainingOptions training,
        CancellationToken cancellationToken = default)
    {
        _loop = new GraphLearningLoop(_builder, examples, options, training, [training.Seed]);
        return _loop.Run(
            chosen => [_activations.On(examples, chosen[0])],
            _penalty,
            observed => new Trainer(_model, _objective, Regularizer).Fit(examples, observed, cancellationToken))[0];
    }

    /// <summary>Detaches the penalties from the model and frees them.</summary>
    public void Dispose()
    {
        Regularizer.Dispose();
        _activations.Dispose();
        _penalty.Dispose();
    }

    /// <summary>What is learned from which layer.</summary>
    public override string ToString() =>
        $"graph of {string.Join(" and ", _layers.Select(layer => layer.GetType().Name))}, {_builder}";
}
