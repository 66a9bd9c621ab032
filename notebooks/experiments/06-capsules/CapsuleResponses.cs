using TorchSharp;

namespace Gsr.Experiments.Capsules;

/// <summary>
/// What each dimension of each class's capsule does to the decoded image, mean over examples of the class.
/// </summary>
/// <remarks>
/// Each is the slope over the steps of <see cref="CapsuleNetwork.Perturbed"/>, by least squares: Σ t m(t) / Σ t², for
/// steps t about 0, of a pixel or of a measure m.
/// </remarks>
/// <param name="Changes">[classes, dimensions, pixels]: of each pixel, per unit of the dimension.</param>
/// <param name="Measures">
/// Of each of <see cref="ImageMoments.Measures"/>, per unit of the dimension, [classes, dimensions].
/// </param>
public sealed record CapsuleResponses(double[,,] Changes, IReadOnlyList<double[,]> Measures)
{
    /// <summary>The published steps: -0.25 to 0.25 by 0.05.</summary>
    internal static IReadOnlyList<double> Steps { get; } = [.. Enumerable.Range(-5, 11).Select(i => i * 0.05)];

    /// <summary>Decodes and measures images [n, 1, size, size], with an example of every class.</summary>
    public static CapsuleResponses Of(CapsuleNetwork model, torch.Tensor images, ReadOnlySpan<byte> labels)
    {
        var square = Steps.Sum(t => t * t);
        var (classes, dimensions, size) = (model.Options.Classes, model.Options.Dimensions, model.Options.ImageSize);
        var counts = new int[classes];
        foreach (var label in labels) counts[label]++;

        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var (capsules, truth) = (model.Capsules(images), Training.Tensors.Labels(labels));
        var responses = new CapsuleResponses(new double[classes, dimensions, size * size],
            [.. ImageMoments.Measures.Select(_ => new double[classes, dimensions])]);
        for (var d = 0; d < dimensions; d++)
        {
            var decoded = model.Perturbed(capsules, truth, d);
            for (var i = 0; i < decoded.Length; i++)
                responses.Add(labels[i], d, decoded[i], square * counts[labels[i]], size);
        }

        return responses;
    }

    /// <summary>The responses of one measure as shares of the largest of them, for a picture.</summary>
    public double[,] Shares(int measure)
    {
        var shares = (double[,])Measures[measure].Clone();
        var largest = shares.Cast<double>().Max(Math.Abs);
        for (var i = 0; i < shares.GetLength(0); i++)
            for (var d = 0; d < shares.GetLength(1); d++) shares[i, d] = largest > 0 ? shares[i, d] / largest : 0;
        return shares;
    }

    private void Add(int label, int dimension, float[][] strip, double divisor, int width)
    {
        for (var step = 0; step < strip.Length; step++)
        {
            var (image, weight) = (strip[step], Steps[step] / divisor);
            for (var p = 0; p < image.Length; p++) Changes[label, dimension, p] += weight * image[p];
            var moments = ImageMoments.Of<float>(image, width);
            for (var m = 0; m < Measures.Count; m++)
                Measures[m][label, dimension] += weight * ImageMoments.Measures[m].Of(moments);
        }
    }
}
