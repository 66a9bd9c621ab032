using TorchSharp;

namespace Gsr.Experiments.Capsules;

/// <summary>What each dimension of each class's capsule does to the decoded image, on the mean over examples of the class.</summary>
/// <remarks>
/// Each is the slope over the steps of <see cref="CapsulePerturbation"/>, by least squares: Σ t m(t) / Σ t², for steps t about 0, of a
/// pixel or of a measure m of <see cref="ImageMoments"/>.
/// </remarks>
/// <param name="Changes">[classes, dimensions, pixels]: of each pixel, per unit of the dimension.</param>
/// <param name="Thickness">[classes, dimensions]: of ln thickness, the relative change.</param>
/// <param name="Slant">[classes, dimensions]: of the slant, pixels right per pixel up.</param>
/// <param name="Scale">[classes, dimensions]: of ln extent, the relative change.</param>
/// <param name="Rotation">[classes, dimensions]: of the direction of largest variance, in degrees.</param>
public sealed record CapsuleResponses(double[,,] Changes, double[,] Thickness, double[,] Slant, double[,] Scale, double[,] Rotation)
{
    /// <summary>The four measures with their names.</summary>
    public IReadOnlyList<(string Name, double[,] Responses)> Measures =>
        [("thickness", Thickness), ("slant", Slant), ("scale", Scale), ("rotation", Rotation)];

    /// <summary>Decodes and measures.</summary>
    /// <param name="model">In evaluation mode.</param>
    /// <param name="images">[n, 1, ImageSize, ImageSize], with an example of every class; stays the caller's.</param>
    /// <param name="labels">The class of each.</param>
    /// <param name="steps">Symmetric about 0; the published steps where null.</param>
    /// <exception cref="ArgumentException">A class has no example, or the steps are not symmetric or all 0.</exception>
    public static CapsuleResponses Of(CapsuleNetwork model, torch.Tensor images, ReadOnlySpan<byte> labels, IReadOnlyList<double>? steps = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(images);
        steps ??= CapsulePerturbation.Steps;
        var square = steps.Sum(t => t * t);
        if (!(square > 0) || Math.Abs(steps.Sum()) > 1e-9 * square)
            throw new ArgumentException($"steps is [{string.Join(", ", steps)}]; give steps to both sides of 0 that add up to 0.", nameof(steps));
        if (labels.Length != images.shape[0])
            throw new ArgumentException($"There are {labels.Length} labels for {images.shape[0]} images; give one per image.", nameof(labels));
        var (classes, dimensions, pixels) = (model.Options.Classes, model.Options.Dimensions, model.Options.ImageSize * model.Options.ImageSize);
        var counts = new int[classes];
        foreach (var label in labels) counts[label]++;
        var missing = Array.IndexOf(counts, 0);
        if (missing >= 0) throw new ArgumentException($"labels has no example of class {missing}; give one or more of each.", nameof(labels));

        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var (capsules, truth) = (model.Capsules(images), Training.Tensors.Labels(labels));
        var responses = new CapsuleResponses(new double[classes, dimensions, pixels], new double[classes, dimensions],
            new double[classes, dimensions], new double[classes, dimensions], new double[classes, dimensions]);
        for (var d = 0; d < dimensions; d++)
        {
            var decoded = CapsulePerturbation.Decode(model, capsules, truth, d, steps);
            for (var i = 0; i < decoded.Length; i++)
                responses.Add(labels[i], d, decoded[i], Weights(steps, square * counts[labels[i]]), model.Options.ImageSize);
        }

        return responses;
    }

    private static double[] Weights(IReadOnlyList<double> steps, double divisor) => [.. steps.Select(step => step / divisor)];

    private void Add(int label, int dimension, float[][] strip, double[] weights, int width)
    {
        var middle = ImageMoments.Of<float>(strip[strip.Length / 2], width).Rotation;
        for (var step = 0; step < strip.Length; step++)
        {
            var (image, weight) = (strip[step], weights[step]);
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
