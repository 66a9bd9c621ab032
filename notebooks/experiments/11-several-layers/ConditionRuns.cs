using System.Collections.Concurrent;
using Gsr.Models;
using Gsr.Training;

namespace Gsr.Experiments.SeveralLayers;

/// <summary>
/// Networks of several conditions, each trained and measured once per seed. Those of one seed start alike and see the
/// same batches, so that differences are paired.
/// </summary>
/// <param name="images">To train and measure on.</param>
/// <param name="modules">The module of each neuron of a hidden layer.</param>
/// <param name="seeds">One network per condition and seed.</param>
/// <param name="make">An untrained network of a seed.</param>
/// <param name="train">Trains it under a condition.</param>
public sealed class ConditionRuns(LayerImages images, int[] modules, IReadOnlyList<int> seeds,
    Func<int, DenseClassifier> make, Action<DenseClassifier, Condition, int> train)
{
    private readonly ConcurrentDictionary<(Condition Condition, int Seed), NetworkOutcome> _outcomes = new();

    /// <summary>The seeds of every condition.</summary>
    public IReadOnlyList<int> Seeds => seeds;

    /// <summary>
    /// Trains the networks of these conditions that are not yet trained, as many at once as there are processors.
    /// </summary>
    /// <returns>The line to show.</returns>
    public string Train(params IEnumerable<Condition> conditions)
    {
        // Made here, one after another: initial weights come from libtorch's one random state.
        var untrained = conditions.Distinct().SelectMany(c => seeds.Select(seed => (Condition: c, Seed: seed)))
            .Where(key => !_outcomes.ContainsKey(key)).Select(key => (Key: key, Model: make(key.Seed))).ToArray();
        SideBySide.Run(untrained, network =>
        {
            train(network.Model, network.Key.Condition, network.Key.Seed);
            _outcomes[network.Key] = NetworkOutcome.Of(network.Model, images, modules, network.Key.Seed);
            network.Model.Dispose();
        });
        return $"{_outcomes.Count} networks trained";
    }

    /// <summary>The network of a condition and a seed, which is trained.</summary>
    public NetworkOutcome this[Condition condition, int seed] => _outcomes[(condition, seed)];

    /// <summary>A number of a condition's networks.</summary>
    public Replicates Of(Condition condition, Func<NetworkOutcome, double> number) =>
        new(seeds.Select(seed => number(this[condition, seed])));

    /// <summary>Test accuracy, in percent.</summary>
    public Replicates Accuracy(Condition condition) => Of(condition, network => network.Accuracy);

    /// <summary>Points of accuracy against the network of the same seed without modules, trained as long.</summary>
    public Replicates Change(Condition condition) =>
        Accuracy(condition).Minus(Accuracy(Condition.Plain with { Longer = condition.Longer }));

    /// <summary>Accuracy of the networks with modules on a single layer, mean over which layer it is.</summary>
    public Replicates OneLayer(double alpha) => new(seeds.Select(seed =>
        Hidden(seed).Average(layer => this[new($"layer {layer + 1}", alpha), seed].Accuracy)));

    /// <summary>
    /// Reading accuracy in percent, mean over the layers; "one layer" stands for the networks with modules on a single
    /// layer, each read on that one.
    /// </summary>
    public Replicates Reading(Condition condition) => Read(condition, layer => layer.Reading);

    /// <summary>The same by modules of permuted neurons: the null.</summary>
    public Replicates Permuted(Condition condition) => Read(condition, layer => layer.Permuted);

    /// <summary>Size of the last hidden layer's activations, as a share of that without modules.</summary>
    public Replicates RelativeSize(Condition condition) => new(seeds.Select(seed =>
        this[condition, seed].Layers[^1].Size / this[Condition.Plain, seed].Layers[^1].Size));

    private Replicates Read(Condition condition, Func<LayerOutcome, ModuleReading> which) =>
        new(seeds.Select(seed => 100 * Hidden(seed).Average(layer => which(this[
            condition.Place == "one layer" ? condition with { Place = $"layer {layer + 1}" } : condition, seed]
            .Layers[layer]).Accuracy)));

    private IEnumerable<int> Hidden(int seed) => Enumerable.Range(0, this[Condition.Plain, seed].Layers.Count);
}
