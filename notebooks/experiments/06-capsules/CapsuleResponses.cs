using TorchSharp;

namespace Gsr.Experiments.Capsules;

/// <summary>
/// What each dimension of each class's capsule does to the decoded image, mean over examples of the class.
/// </summary>
/// <remarks>
/// Each is the slope over the steps of <see cref="CapsuleNetwork.Perturbed"/>, by least squares: Σ t m(t) / Σ t², for
/// steps t about 0, of a pixel or of a measure m of <see cref="ImageMoments"/>.
/// </remarks>
/// <param name="Changes">[classes, dimensions, pixels]: of each pixel, per unit of the dimension.</param>
/// <param name="Thickness">[classes, dimensions]: of ln thickness, the relative change.</param>
/// <param name="Slant">[classes, dimensions]: of the slant, pixels right per pixel up.</param>
/// <param name="Scale">[classes, dimensions]: of ln extent, the relative change.</param>
/// <param name="Rotation">[classes, dimensions]: of the direction of largest variance, in degrees.</param>
public sealed record CapsuleResponses(
    double[,,] Changes, double[,] Thickness, double[,] Slant, double[,] Scale, double[,] Rotation)
{
    /// <summary>The published steps: -0.25 to 0.25 by 0.05.</summary>
    internal static IReadOnlyList<double> Steps { get; } = [.. Enumerable.Range(-5, 11).Select(i => i * 0.05)];

    /// <summary>The four measures with their names.</summary>
    public IReadOnlyList<(string Name, double[,] Responses)> Measures =>
        [("thickness", Thickness), ("slant", Slant), ("scale", Scale), ("rotation", Rotation)];

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
        var responses = new CapsuleResponses(
            new double[classes, dimensions, size * size], new double[classes, dimensions],
            new double[classes, dimensions], new double[classes, dimensions], new double[classes, dimensions]);
        for (var d = 0; d < dimensions; d++)
        {
            var decoded = model.Perturbed(capsules, truth, d);
            for (var i = 0; i < decoded.Length; i++)
                responses.Add(labels[i], d, decoded[i], square * counts[labels[i]], size);
        }

        return responses;
    }

    private void Add(int label, int dimension, float[][] strip, double divisor, int width)
    {
        var middle = ImageMoments.Of<float>(strip[strip.Length / 2], width).Rotation;
        for (var step = 0; step < strip.Length; step++)
        {
            var (image, weight) = (strip[step], Steps[step] / divisor);
            for (var p = 0; p < image.Length; p++) Changes[label, dimension, p] += weight * image[p];
            var moments = ImageMoments.Of<float>(image, width);
            Thickness[label, dimension] += weight * Math.Log(moments.Thickness);
            Slant[label, dimension] += weight * moments.Slant;
            Scale[label, dimension] += weight * Math.Log(moments.Extent);
            // A direction has no sign: 89 and -89 degrees are 2 apart.
            Rotation[label, dimension] += weight * Math.IEEERemainder(moments.Rotation - middle, 180);
        }
    }
}
