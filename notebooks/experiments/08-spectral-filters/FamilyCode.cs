using Gsr.Analysis;
using Gsr.Analysis.Metrics;
using Gsr.Graphs;
using Gsr.Models;
using Gsr.Training;

namespace Gsr.Experiments.SpectralFilters;

/// <summary>What an autoencoder's code makes of digits: class means less the mean of all.</summary>
/// <param name="Means">[classes, nodes], of the true labels.</param>
/// <param name="Shuffled">[classes, nodes], of the labels in a random order: what the code's fluctuations give.</param>
/// <param name="Error">1,000 times the squared error of the reconstruction.</param>
public sealed record FamilyCode(double[,] Means, double[,] Shuffled, double Error)
{
    private const int Classes = 10;

    /// <summary>Measures a trained autoencoder on test images.</summary>
    public static FamilyCode Of(Autoencoder model, ImageDataSet test, int seed)
    {
        using var x = Tensors.Matrix(test.ToFloats(), test.Height * test.Width);
        var code = Inference.Run(model.Encode, x);
        int[] labels = [.. test.Labels.Select(label => (int)label)];
        var errors = Inference.Run(model.Errors, x);
        return new(Centred(code, labels), Centred(code, labels.Shuffled(new Random(seed))),
            1000 * errors.Cast<double>().Average());
    }

    /// <summary>Moran's I of the class means on a graph, averaged over the classes.</summary>
    public double MoranOn(FeatureGraph graph) => Moran.MeanI(graph, Means);

    /// <summary>The same with shuffled labels.</summary>
    public double ShuffledMoranOn(FeatureGraph graph) => Moran.MeanI(graph, Shuffled);

    private static double[,] Centred(double[,] code, int[] labels)
    {
        var means = ClassMeans.Of(code, labels, Classes);
        double[] all = [.. means.Columns().Select(node => node.Average())];
        return Matrices.Of(Classes, all.Length, (c, i) => means[c, i] - all[i]);
    }
}
