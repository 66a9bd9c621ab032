using Gsr.Analysis;
using Gsr.Analysis.Pictures;
using Gsr.Native;
using Plotly.NET;
using TorchSharp;

namespace Gsr.Experiments.Disentanglement;

/// <summary>Generated digits: to train on, to choose weights on, and to score the chosen on.</summary>
/// <param name="Name">Such as "all digits".</param>
/// <param name="Training">[n, pixels].</param>
/// <param name="Choices">For the choice of weights.</param>
/// <param name="Results">For the results.</param>
public sealed record DigitWorld(string Name, torch.Tensor Training, ScoredDigits Choices, ScoredDigits Results)
{
    // The one hand: a four, written with one pen path.
    private const int Digit = 4, Hand = 3;

    private const double Slant = 0.1;

    /// <summary>All ten digits, each deformed by its handwriting, with seven factors.</summary>
    public static DigitWorld AllDigits(int images, int scored, int seed) =>
        Of("all digits", DigitGenerator.Generate, images, scored, seed);

    /// <summary>One digit in one handwriting, with five factors: the slant is fixed.</summary>
    public static DigitWorld OneHand(int images, int scored, int seed) =>
        Of("one hand", DrawOneHand, images, scored, seed);

    /// <summary>The digit of <see cref="OneHand"/>, one factor varied over its range in each row.</summary>
    public static GenericChart Strips()
    {
        var middle = new DigitFactors(0, Slant, 2.5, 0.975, 0, 0, 0, 0);
        return ClassMaps.Compare([
            ("rotation", Strip(x => middle with { RotationDegrees = 20 * x })),
            ("slant", Strip(x => middle with { Slant = Slant + 0.25 * x })),
            ("thickness", Strip(x => middle with { Thickness = 2.5 + x })),
            ("scale", Strip(x => middle with { Scale = 0.975 + 0.125 * x })),
            ("shift x", Strip(x => middle with { ShiftX = x })),
            ("shift y", Strip(x => middle with { ShiftY = x }))],
            (DigitGenerator.Side, DigitGenerator.Side), "One factor at a time",
            ["least", "", "middle", "", "most"], ColorRange.Shared, "ink");
    }

    /// <summary>
    /// The scored images' principal components, as many as asked: axes of most variance of the training images. A code
    /// that needs no network.
    /// </summary>
    public TrainedCode PrincipalComponents(int count)
    {
        using var scope = torch.NewDisposeScope();
        var mean = Training.mean([0L], keepdim: true);
        var centred = Training - mean;
        // In double precision: in single, the many equal eigenvalues of pixels without ink kept it from
        // converging once. Eigenvalues ascend.
        var wide = centred.to(torch.float64);
        var axes = torch.linalg.eigh(wide.t().mm(wide)).Item2
            .narrow(1, Training.shape[1] - count, count).to(torch.float32);
        return TrainedCode.Of(
            x => (x - mean).matmul(axes), x => (x - mean).matmul(axes).matmul(axes.t()).Plus(mean), Results);
    }

    private static DigitWorld Of(
        string name, Func<int, int, ImageDataSet> draw, int images, int scored, int seed) =>
        new(name, ScoredDigits.Pixels(draw(images, seed)), ScoredDigits.Of(draw, scored, seed + 1100),
            ScoredDigits.Of(draw, scored, seed + 100));

    private static ImageDataSet DrawOneHand(int count, int seed)
    {
        DigitFactors[] factors = [.. DigitGenerator.Generate(count, seed).Factors!
            .Select(f => f with { Slant = Slant, Style = 0, Noise = 0 })];
        byte[] pixels = [.. factors.SelectMany(f => DigitGenerator.Draw(Digit, f, Hand))];
        byte[] labels = [.. Enumerable.Repeat((byte)Digit, count)];
        return new(DigitGenerator.Side, DigitGenerator.Side, pixels, labels, factors);
    }

    private static double[,] Strip(Func<double, DigitFactors> factors)
    {
        byte[][] images = [.. Enumerable.Range(-2, 5).Select(i => DigitGenerator.Draw(Digit, factors(i / 2.0), Hand))];
        return Matrices.Of(5, images[0].Length, (row, p) => Math.Round(images[row][p] / 255.0, 2));
    }
}
