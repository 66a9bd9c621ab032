using TorchSharp;

namespace Gsr.Experiments.Capsules;

/// <summary>
/// One dimension of the true class's capsule is moved by small steps and the result decoded, as Sabour, Frosst and Hinton (2017, section
/// 5.1) do to see what a dimension means.
/// </summary>
public static class CapsulePerturbation
{
    /// <summary>The published steps: -0.25 to 0.25 by 0.05.</summary>
    public static IReadOnlyList<double> Steps { get; } = Array.AsReadOnly<double>([.. Enumerable.Range(-5, 11).Select(i => i * 0.05)]);

    /// <summary>Decodes a dimension at each step.</summary>
    /// <param name="model">In evaluation mode.</param>
    /// <param name="capsules">What <see cref="CapsuleNetwork.Capsules"/> gave, [n, classes, dimensions]; stays the caller's.</param>
    /// <param name="classes">The class whose capsule is changed and decoded, [n], Int64; stays the caller's.</param>
    /// <param name="dimension">From 0.</param>
    /// <param name="steps">What is added to it; the published steps where null.</param>
    /// <returns>[example][step], each an image in [0, 1], row by row.</returns>
    /// <exception cref="ArgumentException">There is no such dimension.</exception>
    public static float[][][] Decode(
        CapsuleNetwork model, torch.Tensor capsules, torch.Tensor classes, int dimension, IReadOnlyList<double>? steps = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegative(dimension);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(dimension, model.Options.Dimensions);
        steps ??= Steps;
        using var noGradient = torch.no_grad();
        var count = (int)capsules.shape[0];
        float[][][] images = [.. Enumerable.Range(0, count).Select(_ => new float[steps.Count][])];
        for (var step = 0; step < steps.Count; step++)
        {
            using var scope = torch.NewDisposeScope();
            var moved = capsules.clone();
            // Of all classes: the decoder sees the one only.
            moved.select(2, dimension).add_(steps[step]);
            var pixels = model.Decode(moved, classes).to(torch.float32).cpu().contiguous().data<float>().ToArray();
            var size = pixels.Length / count;
            for (var i = 0; i < count; i++) images[i][step] = pixels[(i * size)..((i + 1) * size)];
        }

        return images;
    }
}
