namespace Gsr.Tests.Data;

/// <summary>Ink and its first and second moments; x runs right and y down, in pixels.</summary>
internal sealed record ImageMoments(
    double Ink, double X, double Y, double VarianceX, double VarianceY, double Covariance)
{
    internal static ImageMoments Of(ReadOnlySpan<byte> pixels)
    {
        double ink = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
        for (int i = 0; i < pixels.Length; i++)
        {
            (double weight, double column, double row) = (pixels[i] / 255.0, i % 28, i / 28);
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

    /// <summary>Root mean square distance from the centre of mass.</summary>
    internal double Extent => Math.Sqrt(VarianceX + VarianceY);

    /// <summary>
    /// Degrees from the x axis, counter-clockwise to the eye, to the direction of largest variance; -90 to 90.
    /// </summary>
    internal double Orientation => 90 / Math.PI * Math.Atan2(-2 * Covariance, VarianceX - VarianceY);

    /// <summary>How far right the ink moves per pixel up.</summary>
    internal double Lean => -Covariance / VarianceY;
}
