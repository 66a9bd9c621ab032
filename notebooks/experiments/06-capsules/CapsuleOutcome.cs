using System.Globalization;
using Gsr.Analysis.Metrics;
using Gsr.Models;
using Gsr.Training;
using TorchSharp;

namespace Gsr.Experiments.Capsules;

/// <summary>A trained network and what was measured on test images.</summary>
/// <param name="Condition">How it was trained.</param>
/// <param name="Seed">Of its weights and batches.</param>
/// <param name="Model">The network.</param>
/// <param name="Accuracy">In percent.</param>
/// <param name="Error">Mean squared error of the reconstruction, per pixel.</param>
/// <param name="Geometry">How its capsules lie to each other.</param>
/// <param name="Responses">Of some test images.</param>
/// <param name="Factors">For each of <see cref="ImageMoments.Measures"/>.</param>
/// <param name="Following">
/// The digits whose thickness dimension grows with the thickness of the real images of the digit, in the direction in
/// which it draws them thicker, and the mean correlation.
/// </param>
/// <param name="Alignment">Over all dimensions.</param>
/// <param name="Survival">
/// The share of some test images that the network itself reads as their digit when it has redrawn them, and when their
/// thickness dimension was moved by ±0.25 before.
/// </param>
public sealed record CapsuleOutcome(
    string Condition, int Seed, CapsuleNetwork Model, double Accuracy, double Error, CapsuleGeometry Geometry,
    CapsuleResponses Responses, IReadOnlyList<SharedDimension> Factors, (int Digits, double Correlation) Following,
    DimensionShuffleTest Alignment, (double Redrawn, double Moved) Survival)
{
    /// <summary>The dimension that means thickness, as far as one does.</summary>
    public int ThicknessDimension => Factors[0].Dimension;

    /// <summary>|Change of thickness| by that dimension, moved by 0.25, in percent, mean over digits.</summary>
    public double ThicknessEffect => 25 * Enumerable.Range(0, Responses.Measures[0].GetLength(0))
        .Average(digit => Math.Abs(Responses.Measures[0][digit, ThicknessDimension]));

    /// <summary>Such as "none, seed 3: 99.05 % right, one sign of thickness in 6 of 10 digits".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Condition}, seed {Seed}: {Accuracy:F2} % right, one sign of thickness in {Factors[0].Agreeing} of 10 digits");

    /// <summary>
    /// Measures a network on test images; the dimensions are chosen on the first training images of each digit, and
    /// judged on as many test images.
    /// </summary>
    public static CapsuleOutcome Of(
        string condition, int seed, CapsuleNetwork model, ImageDataSet train, ImageDataSet test, int perDigit = 20)
    {
        var (choosing, few) = (FirstOfEach(train, perDigit), FirstOfEach(test, perDigit));
        using var images = Images(test);
        using var labels = Tensors.Labels(test.Labels);
        using var choosingImages = Images(choosing);
        using var fewImages = Images(few);
        var capsules = Inference.Run(model.Capsules, images);
        var chosen = CapsuleResponses.Of(model, choosingImages, choosing.Labels);
        var responses = CapsuleResponses.Of(model, fewImages, few.Labels);
        SharedDimension[] factors =
            [.. chosen.Measures.Zip(responses.Measures, (a, b) => SharedDimension.Of(a, b))];
        var moved = Strips(model, few, factors[0].Dimension);
        var middle = moved[0].Length / 2;
        using var matrix = Tensors.Matrix(capsules);
        using var all = matrix.view(-1, model.Options.Classes, model.Options.Dimensions);
        return new CapsuleOutcome(condition, seed, model,
            Inference.AccuracyPercent(Inference.Classify(Squash.Length, all), test.Labels),
            model.ReconstructionError(images, labels), CapsuleGeometry.Of(all, labels), responses, factors,
            Follows(capsules, test, factors[0].Dimension, responses.Measures[0]),
            CapsuleAlignment.Test(responses.Changes),
            (Read(model, few, moved, middle), (Read(model, few, moved, 0) + Read(model, few, moved, ^1)) / 2));
    }

    /// <summary>The first images of each digit, digit by digit.</summary>
    public static ImageDataSet FirstOfEach(ImageDataSet data, int count) => data.Subset([..
        Enumerable.Range(0, 10).SelectMany(digit =>
            Enumerable.Range(0, data.Count).Where(i => data.Labels[i] == digit).Take(count))]);

    /// <summary>Images redrawn while one dimension of their digit's capsule is moved, [image][step].</summary>
    public static float[][][] Strips(CapsuleNetwork model, ImageDataSet data, int dimension)
    {
        using var noGradient = torch.no_grad();
        using var images = Images(data);
        using var labels = Tensors.Labels(data.Labels);
        using var capsules = model.Capsules(images);
        return model.Perturbed(capsules, labels, dimension);
    }

    private static (int Digits, double Correlation) Follows(
        double[,] capsules, ImageDataSet data, int dimension, double[,] responses)
    {
        var (size, dimensions) = (data.Height * data.Width, responses.GetLength(1));
        var thickness = new double[data.Count, 1];
        for (var i = 0; i < data.Count; i++)
            thickness[i, 0] = ImageMoments.Of<byte>(data.Pixels.AsSpan(i * size, size), data.Width).Thickness;
        double[] correlations = [.. Enumerable.Range(0, 10).Select(digit =>
        {
            int[] own = [.. Enumerable.Range(0, data.Count).Where(i => data.Labels[i] == digit)];
            var all = NodeCorrelation.Of(capsules, thickness, own);
            return all[0, (digit * dimensions) + dimension] * Math.Sign(responses[digit, dimension]);
        })];
        return (correlations.Count(r => r > 0), correlations.Average());
    }

    private static double Read(CapsuleNetwork model, ImageDataSet data, float[][][] strips, Index step)
    {
        using var images = Tensors.Images([.. strips.SelectMany(strip => strip[step])], data.Height, data.Width);
        return Inference.AccuracyPercent(Inference.Classify(model.call, images), data.Labels) / 100;
    }

    private static torch.Tensor Images(ImageDataSet data) =>
        Tensors.Images(data.ToFloats(), data.Height, data.Width);
}
