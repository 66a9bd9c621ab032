using Gsr.Training;
using TorchSharp;

namespace Gsr.Experiments.Disentanglement;

/// <summary>Digits of known factors that scores are taken from.</summary>
/// <param name="Images">[n, pixels].</param>
/// <param name="Factors">Of these images.</param>
/// <param name="Tests">Half as many others, [n/2, pixels], that predictions are tested on.</param>
/// <param name="TestFactors">Of those.</param>
public sealed record ScoredDigits(
    torch.Tensor Images, IReadOnlyList<GenerativeFactor> Factors,
    torch.Tensor Tests, IReadOnlyList<GenerativeFactor> TestFactors)
{
    /// <summary>Draws <paramref name="count"/> images of a seed, and those of the next one to test.</summary>
    internal static ScoredDigits Of(Func<int, int, ImageDataSet> draw, int count, int seed)
    {
        var (images, tests) = (draw(count, seed), draw(count / 2, seed + 1));
        return new(Pixels(images), GenerativeFactor.OfDigits(images), Pixels(tests), GenerativeFactor.OfDigits(tests));
    }

    internal static torch.Tensor Pixels(ImageDataSet digits) =>
        Tensors.Matrix(digits.ToFloats(), digits.Height * digits.Width);
}
