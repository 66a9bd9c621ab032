namespace Gsr.Experiments;

/// <summary>The distance of each pixel's centre to the nearest of some line segments, known up to a reach.</summary>
internal sealed class StrokeRaster(int side)
{
    private readonly double[] _squared = new double[side * side];

    /// <summary>Forgets all segments.</summary>
    internal void Clear() => Array.Fill(_squared, double.PositiveInfinity);

    /// <summary>
    /// The distance from pixel row · side + column, in pixels: exact if it is within the reach of the nearest segment,
    /// else something above the reach, infinity where no segment came near.
    /// </summary>
    internal double Distance(int pixel) => Math.Sqrt(_squared[pixel]);

    /// <summary>Adds a segment between two points, in pixels; pixel (0, 0) has its centre at (0, 0).</summary>
    internal void Add((double X, double Y) a, (double X, double Y) b, double reach)
    {
        (double dx, double dy) = (b.X - a.X, b.Y - a.Y);
        double squaredLength = (dx * dx) + (dy * dy);
        double scale = squaredLength > 0 ? 1 / squaredLength : 0;
        // Pixels beyond reach get no ink from this segment, so that only the box around it is visited.
        int left = First(Math.Min(a.X, b.X) - reach), right = Last(Math.Max(a.X, b.X) + reach);
        int top = First(Math.Min(a.Y, b.Y) - reach), bottom = Last(Math.Max(a.Y, b.Y) + reach);
        for (int row = top; row <= bottom; row++)
        {
            for (int column = left; column <= right; column++)
            {
                // t is where the pixel's foot lies on the segment, 0 at a and 1 at b.
                (double x, double y) = (column - a.X, row - a.Y);
                double t = Math.Clamp(((x * dx) + (y * dy)) * scale, 0, 1);
                (x, y) = (x - (t * dx), y - (t * dy));
                double squared = (x * x) + (y * y);
                ref double nearest = ref _squared[(row * side) + column];
                if (squared < nearest) nearest = squared;
            }
        }
    }

    // Clamped before the cast, so that a segment far off the image is not seen rather than overflowing.
    private int First(double edge) => (int)Math.Ceiling(Math.Clamp(edge, 0, side));

    private int Last(double edge) => (int)Math.Floor(Math.Clamp(edge, -1, side - 1));
}
