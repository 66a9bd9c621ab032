using Gsr.Native;
using Gsr.Training;
using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace Gsr.Experiments.Capsules;

/// <summary>
/// What a true factor does to real images: each is changed a little by the factor alone, more and less, and the
/// differences are averaged over the images of a digit.
/// </summary>
public static class WarpedDigits
{
    private static readonly Func<torch.Tensor, double, torch.Tensor>[] Moves =
    [
        (x, t) => x.lerp(t > 0 ? max_pool2d(x, 3, 1, 1) : -max_pool2d(-x, 3, 1, 1), Math.Abs(t)),
        (x, t) => Warped(x, 1, 0.2 * t, 1),
        (x, t) => Warped(x, 1 / (1 + (0.1 * t)), 0, 1 / (1 + (0.1 * t))),
        (x, t) => Warped(x, 1 / (1 + (0.1 * t)), 0, 1),
    ];

    /// <summary>
    /// By the four factors of <see cref="ImageMoments.Measures"/>, in their order: strokes half dilated against half
    /// eroded by a pixel, slant changed by 0.2, size and width by a tenth, about the middle of the image.
    /// </summary>
    /// <returns>
    /// The pixels' changes [10, factors, pixels] and the change of each factor's own measure, [10, factors].
    /// </returns>
    public static (double[,,] Changes, double[,] Measures) Of(ImageDataSet data)
    {
        using var scope = torch.NewDisposeScope();
        var images = Tensors.Images(data.ToFloats(), data.Height, data.Width);
        var (size, counts) = (data.Height * data.Width, data.Labels.CountBy(label => label).ToDictionary());
        var (changes, measured) = (new double[10, Moves.Length, size], new double[10, Moves.Length]);
        for (var f = 0; f < Moves.Length; f++)
        {
            foreach (var side in new[] { 1.0, -1.0 })
            {
                var moved = Moves[f](images, side / 2).ToValues<float>();
                for (var i = 0; i < data.Count; i++)
                {
                    var label = data.Labels[i];
                    var image = moved.AsSpan(i * size, size);
                    for (var p = 0; p < size; p++) changes[label, f, p] += side * image[p] / counts[label];
                    var measure = ImageMoments.Measures[f].Of(ImageMoments.Of<float>(image, data.Width));
                    measured[label, f] += side * measure / counts[label];
                }
            }
        }

        return (changes, measured);
    }

    /// <summary>The image that at (x, y) is the given one at (across · x + slant · y, down · y).</summary>
    private static torch.Tensor Warped(torch.Tensor images, double across, double slant, double down)
    {
        var map = torch.tensor(new[,] { { across, slant, 0 }, { 0, down, 0 } }, torch.float32);
        var grid = affine_grid(map.expand(images.shape[0], 2, 3), images.shape);
        return grid_sample(images, grid, align_corners: false);
    }
}
