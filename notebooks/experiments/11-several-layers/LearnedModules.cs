using Gsr.Analysis;
using Gsr.Learning;
using Gsr.Models;
using Gsr.Training;

namespace Gsr.Experiments.SeveralLayers;

/// <summary>Modules that a learned graph has put across all hidden layers of a trained network.</summary>
/// <param name="Accuracy">On the test images, in percent.</param>
/// <param name="InAllLayers">How many of the modules have a neuron in every layer.</param>
/// <param name="Reading">By the modules, which are found anew on the images that are read.</param>
/// <param name="Permuted">By modules of the same sizes of permuted neurons: the null.</param>
public sealed record LearnedModules(double Accuracy, int InAllLayers, ModuleReading Reading, ModuleReading Permuted)
{
    /// <summary>Trains one network per seed and measures it, as many at once as there are processors.</summary>
    /// <param name="images">To measure on.</param>
    /// <param name="seeds">One network each.</param>
    /// <param name="builder">Finds the modules.</param>
    /// <param name="make">An untrained network of a seed.</param>
    /// <param name="train">Trains it.</param>
    public static IReadOnlyList<LearnedModules> Train(LayerImages images, IReadOnlyList<int> seeds,
        SpectralModulesBuilder builder, Func<int, DenseClassifier> make, Action<DenseClassifier, int> train)
    {
        DenseClassifier[] models = [.. seeds.Select(make)];
        var outcomes = new LearnedModules[seeds.Count];
        SideBySide.Run(models, (model, i) =>
        {
            train(model, seeds[i]);
            outcomes[i] = Of(model, images, builder, seeds[i]);
            model.Dispose();
        });
        return outcomes;
    }

    /// <summary>Test accuracy and modules by weight, beside those of a network without a penalty.</summary>
    public static object[] Table(
        IReadOnlyDictionary<double, IReadOnlyList<LearnedModules>> learned, Replicates plain) =>
    [
        .. learned.Select(entry => new
        {
            α = entry.Key, change = Numbers(entry.Value, x => x.Accuracy).Minus(plain).Interval(1),
            modules_in_all_layers = Numbers(entry.Value, x => x.InAllLayers).Interval(1),
            reading_percent = Numbers(entry.Value, x => 100 * x.Reading.Accuracy).Interval(0),
            permuted_percent = Numbers(entry.Value, x => 100 * x.Permuted.Accuracy).Interval(0),
            own_share = Numbers(entry.Value, x => x.Reading.OwnShare).ToString(),
            modularity = Numbers(entry.Value, x => x.Reading.Modularity).ToString(),
        }),
    ];

    /// <summary>A number of several networks.</summary>
    public static Replicates Numbers(IEnumerable<LearnedModules> networks, Func<LearnedModules, double> number) =>
        new(networks.Select(number));

    private static LearnedModules Of(
        DenseClassifier model, LayerImages images, SpectralModulesBuilder builder, int seed)
    {
        var hidden = Inference.Run(model.Hidden, images.Read);
        var found = builder.Labels(NodeActivations.From(hidden));
        // A silent neuron is in no module; anywhere will do.
        int[] modules = [.. found.Select(m => Math.Max(0, m))];
        var width = found.Length / model.HiddenLayers.Count;
        var inAll = Enumerable.Range(0, modules.Max() + 1)
            .Count(m => found.Chunk(width).All(layer => layer.Contains(m)));
        return new(
            Inference.AccuracyPercent(Inference.Classify(model.call, images.Test), images.TestLabels), inAll,
            ModuleReading.Of(hidden, images.ReadClasses, modules),
            ModuleReading.Of(hidden, images.ReadClasses, modules.Shuffled(new Random(seed))));
    }
}
