using Gsr.Analysis;

namespace Gsr.Experiments.StartHere;

/// <summary>The first image of each class.</summary>
public static class OneOfEach
{
    /// <summary>[classes, pixels], ink from 0 to 1 in steps that a shade can show.</summary>
    public static double[,] Of(ImageDataSet images)
    {
        var (pixels, size) = (images.ToFloats(), images.Height * images.Width);
        return Matrices.Of(ImageDataSet.Classes, size, (digit, pixel) =>
            Math.Round(pixels[(Array.IndexOf(images.Labels, (byte)digit) * size) + pixel], 2));
    }
}
