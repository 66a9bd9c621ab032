using Gsr.Analysis;
using Gsr.Models;

namespace Gsr.Experiments.SeveralLayers;

/// <summary>What a trained network does.</summary>
/// <param name="Accuracy">On the test images, in percent.</param>
/// <param name="Layers">Its hidden layers, first to last.</param>
public sealed record NetworkOutcome(double Accuracy, IReadOnlyList<LayerOutcome> Layers)
{
    /// <summary>Measures a network whose hidden layers all have the same modules.</summary>
    public static NetworkOutcome Of(DenseClassifier model, LayerImages images, int[] modules, int seed)
    {
        var hidden = Inference.Run(model.Hidden, images.Read);
        return new(
            Inference.AccuracyPercent(Inference.Classify(model.call, images.Test), images.TestLabels),
            [.. Enumerable.Range(0, model.HiddenLayers.Count).Select(l => LayerOutcome.Of(
                hidden.SelectColumns([.. Enumerable.Range(l * modules.Length, modules.Length)]), images.ReadClasses,
                modules, seed))]);
    }
}
