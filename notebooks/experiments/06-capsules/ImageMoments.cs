using System.Numerics;

namespace Gsr.Experiments.Capsules;

/// <summary>
/// The ink of an image, its first and second central moments, and the thickness, slant, extent and width of a digit
/// that follow from them (Hu 1962, "Visual pattern recognition by moment invariants"); x runs right and y down, in
/// pixels.
/// </summary>
/// <param name="Ink">Sum of the pixels.</param>
/// <param name="X">Centre of the ink from the left.</param>
/// <param name="Y">Centre of the ink from the top.</param>
/// <param name="VarianceX">Mean of (x - X)², weighted with the ink.</param>
/// <param name="VarianceY">Mean of (y - Y)².</param>
/// <param name="Covariance">Mean of (x - X)(y - Y).</param>
public readonly record struct ImageMoments(
    double Ink, double X, double Y, double VarianceX, double VarianceY, double Covariance)
{
    /// <summary>
    /// Moments of an image, row by row, of pixels that are not negative; all but the ink are NaN without ink.
    /// </summary>
    public static ImageMoments Of<T>(ReadOnlySpan<T> pixels, int width)
        where T : INumber<T>
    {
        double ink = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
        for (var i = 0; i < pixels.Length; i++)
        {
            var weight = double.CreateChecked(pixels[i]);
            double column = i % width, row = i / width;
            ink += weight;
            x += weight * column;
            y += weight * row;
            xx += weight * column * column;
            yy += weight * row * row;
            xy += weight * column * row;
        }

        (x, y) = (x / ink, y / ink);
        return new ImageMoments(ink, x, y, (xx / ink) - (x * x), (yy / ink) - (y * y), (xy / ink) - (x * y));
    }

    /// <summary>Size: the root mean square distance of the ink from its centre, √(μ₂₀ + μ₀₂), in pixels.</summary>
    public double Extent => Math.Sqrt(VarianceX + VarianceY);

    /// <summary>
    /// Stroke thickness: ink per extent. A line of length l and width w has l w of ink and an extent in proportion to
    /// l, so for one shape this grows as w; different shapes cannot be compared.
    /// </summary>
    public double Thickness => Ink / Extent;

    /// <summary>
    /// How far right the ink moves per pixel up, -μ₁₁/μ₀₂: the shear whose inverse, as used to deslant handwriting,
    /// makes the covariance 0.
    /// </summary>
    public double Slant => -Covariance / VarianceY;

    /// <summary>Width: the root mean square distance of the ink from its centre across, √μ₂₀, in pixels.</summary>
    public double Width => Math.Sqrt(VarianceX);

    /// <summary>
    /// What is said of a digit's drawing, each so that its change does not depend on the digit's size: ln thickness,
    /// slant, ln extent and ln width.
    /// </summary>
    public static IReadOnlyList<(string Name, Func<ImageMoments, double> Of)> Measures { get; } =
    [
        ("thickness", m => Math.Log(m.Thickness)), ("slant", m => m.Slant), ("scale", m => Math.Log(m.Extent)),
        ("width", m => Math.Log(m.Width)),
    ];
}
