using Gsr.Analysis;
using Gsr.Analysis.Metrics;
using Gsr.Graphs;
using Gsr.Models;
using Gsr.Native;
using Gsr.Penalties;
using TorchSharp;

namespace Gsr.Experiments.StartHere;

/// <summary>A trained classifier and what its one hidden layer does on test images.</summary>
public sealed record TrainedLayer
{
    private const int Digits = 10;

    /// <summary>The classifier; whoever trained it disposes of it.</summary>
    public required DenseClassifier Model { get; init; }

    /// <summary>[digits, neurons]: mean activation of each neuron over the test images of a digit.</summary>
    public required double[,] Maps { get; init; }

    /// <summary>Test images read right, in percent.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Cross-entropy on the test images.</summary>
    public required double CrossEntropy { get; init; }

    /// <summary>zᵀLz / zᵀz on the graph that it is asked about, mean over the test images.</summary>
    public required double Quotient { get; init; }

    /// <summary>The digit that each neuron prefers: whose images it answers most strongly on average.</summary>
    public int[] Preferred => Maps.Transposed().ArgMaxOfRows();

    /// <summary>Runs a classifier over test images [n, 1, height, width] with their labels.</summary>
    public static TrainedLayer Of(
        DenseClassifier model, FeatureGraph graph, torch.Tensor images, IReadOnlyList<byte> labels)
    {
        int[] digits = [.. labels.Select(label => (int)label)];
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var quotient = new GraphPenalty(graph.Laplacian(), PenaltyForm.RayleighQuotient).Evaluate(model.Hidden(images));
        var entropy = model.Objective([images, torch.tensor(digits, torch.int64)]).Single().Value.Value();
        return new()
        {
            Model = model,
            Maps = ClassMeans.Of(Inference.Run(model.Hidden, images), digits, Digits),
            Accuracy = Inference.AccuracyPercent(Inference.Classify(model.call, images), [.. labels]),
            CrossEntropy = entropy,
            Quotient = quotient.Value,
        };
    }

    /// <summary>Mean over digits of Moran's I of their maps on a graph: 1 is smooth, about 0 random.</summary>
    public double Moran(FeatureGraph graph) => Analysis.Metrics.Moran.MeanI(graph, Maps);

    /// <summary>The share of a graph's edges whose two ends prefer the same digit; NaN without edges.</summary>
    public double SameDigitEdges(FeatureGraph graph)
    {
        var preferred = Preferred;
        return graph.Edges.Count(e => preferred[e.Source] == preferred[e.Target]) / (double)graph.Edges.Count;
    }
}
