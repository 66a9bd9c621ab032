using System.Numerics;

namespace Gsr.Experiments.Capsules;

/// <summary>
/// The ink of an image and its first and second central moments, and what they say about the way a digit is written
/// (Hu 1962, "Visual pattern recognition by moment invariants"); x runs right and y down, in pixels.
/// </summary>
/// <remarks>
/// Second moments are three numbers, and size, slant and turn change all three: an upright digit that is turned and one that is
/// slanted have the same covariance. <see cref="Slant"/> and <see cref="Rotation"/> are therefore two readings of one covariance, and
/// differ only in what they relate it to.
/// </remarks>
/// <param name="Ink">Sum of the pixels.</param>
/// <param name="X">Centre of the ink from the left.</param>
/// <param name="Y">Centre of the ink from the top.</param>
/// <param name="VarianceX">Mean of (x - X)², weighted with the ink.</param>
/// <param name="VarianceY">Mean of (y - Y)².</param>
/// <param name="Covariance">Mean of (x - X)(y - Y).</param>
public readonly record struct ImageMoments(double Ink, double X, double Y, double VarianceX, double VarianceY, double Covariance)
{
    /// <summary>Moments of an image; all but the ink are NaN where there is none.</summary>
    /// <typeparam name="T">Of a pixel: byte, float or double.</typeparam>
    /// <param name="pixels">Row by row, finite and not negative; 0 is the background.</param>
    /// <param name="width">Pixels in a row, at least 1; divides their number.</param>
    /// <exception cref="ArgumentException">The pixels fill no whole rows, or one is negative or not finite.</exception>
    public static ImageMoments Of<T>(ReadOnlySpan<T> pixels, int width)
        where T : INumber<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (pixels.IsEmpty || pixels.Length % width != 0)
            throw new ArgumentException($"{pixels.Length} pixels do not fill rows of {width}; give a whole image.", nameof(pixels));
        double ink = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
        for (var i = 0; i < pixels.Length; i++)
        {
            var weight = double.CreateChecked(pixels[i]);
            if (!(weight >= 0 && double.IsFinite(weight)))
                throw new ArgumentException($"pixels[{i}] is {pixels[i]}; ink is finite and not negative.", nameof(pixels));
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
    /// Stroke thickness: ink per extent. A line of length l and width w has l w of ink and an extent in proportion to l, so that for one
    /// shape this grows as w; between shapes it cannot be compared.
    /// </summary>
    public double Thickness => Ink / Extent;

    /// <summary>
    /// How far right the ink moves per pixel up, -μ₁₁/μ₀₂: the shear whose inverse, as used to deslant handwriting, would bring the
    /// covariance to 0.
    /// </summary>
    public double Slant => -Covariance / VarianceY;

    /// <summary>
    /// Degrees, counter-clockwise to the eye, from the x axis to the direction of largest variance, ½ atan2(-2μ₁₁, μ₂₀ - μ₀₂): -90 to
    /// 90, and without a meaning where both variances are equal.
    /// </summary>
    public double Rotation => 90 / Math.PI * Math.Atan2(-2 * Covariance, VarianceX - VarianceY);
}
