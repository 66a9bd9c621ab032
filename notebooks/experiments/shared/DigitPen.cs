using Gsr.Internals;

namespace Gsr.Experiments;

/// <summary>Draws one digit at a time; each thread needs a pen of its own.</summary>
internal sealed class DigitPen
{
    private const int Side = DigitGenerator.Side;
    private const double Centre = (Side - 1) / 2.0;
    private const double Height = 16;
    private const int Waves = 3;

    private readonly StrokeRaster _raster = new(Side);
    private readonly double[] _ink = new double[Side * Side];
    private readonly double[] _wave = new double[Waves * 5];
    private (double X, double Y)[] _path = [];

    /// <summary>Writes all Side · Side pixels.</summary>
    internal void Draw((double X, double Y)[][] strokes, DigitFactors factors, Random random, Span<byte> pixels)
    {
        var normal = new GaussianSource(random);
        DrawHand(random, normal);
        Place(strokes, factors);

        // Twice: where strokes meet or cross they share ink, which pulls the centre of mass off the path's by up to a
        // pixel.
        Ink(strokes, factors);
        var (offX, offY) = CentreOfMass();
        for (var i = 0; i < _path.Length; i++)
            _path[i] = (_path[i].X - offX + factors.ShiftX, _path[i].Y - offY + factors.ShiftY);
        Ink(strokes, factors);

        for (var i = 0; i < pixels.Length; i++)
        {
            var ink = _ink[i];
            if (factors.Noise > 0) ink += factors.Noise * normal.Next();
            pixels[i] = (byte)Math.Round(255 * Math.Clamp(ink, 0, 1));
        }
    }

    // A pixel on the stroke's edge is inked in proportion: full where its centre is half a pixel inside the edge, none
    // where it is half a pixel outside. A stroke of less than a pixel never fills one.
    private void Ink((double X, double Y)[][] strokes, DigitFactors factors)
    {
        var edge = (factors.Thickness / 2) + 0.5;
        var full = Math.Min(1, factors.Thickness);
        _raster.Clear();
        int start = 0;
        foreach (var stroke in strokes)
        {
            for (var i = start; i + 1 < start + stroke.Length; i++)
                _raster.Add(_path[i], _path[i + 1], edge);
            start += stroke.Length;
        }
        for (var i = 0; i < _ink.Length; i++)
            _ink[i] = Math.Clamp(edge - _raster.Distance(i), 0, full);
    }

    // From the image's centre; 0 without ink.
    private (double X, double Y) CentreOfMass()
    {
        double mass = 0, x = 0, y = 0;
        for (var i = 0; i < _ink.Length; i++)
        {
            mass += _ink[i];
            x += _ink[i] * (i % Side);
            y += _ink[i] * (i / Side);
        }
        return mass > 0 ? ((x / mass) - Centre, (y / mass) - Centre) : (0, 0);
    }

    // The handwriting: a smooth displacement of the plane, a sum of waves of at most a period over the digit. It bends
    // straight lines, and moves strokes that meet by the same amount.
    private void DrawHand(Random random, GaussianSource normal)
    {
        for (var i = 0; i < _wave.Length; i += 5)
        {
            _wave[i] = 0.04 * normal.Next();
            _wave[i + 1] = 0.04 * normal.Next();
            _wave[i + 2] = 10 * (random.NextDouble() - 0.5);
            _wave[i + 3] = 10 * (random.NextDouble() - 0.5);
            _wave[i + 4] = 2 * Math.PI * random.NextDouble();
        }
    }

    // Fills _path with the points of all strokes in pixels, pixel (0, 0) having its centre at (0, 0), and the middle of
    // the path's length at the image's centre.
    private void Place((double X, double Y)[][] strokes, DigitFactors factors)
    {
        int count = 0;
        foreach (var stroke in strokes)
            count += stroke.Length;
        if (_path.Length < count) _path = new (double X, double Y)[count];

        var (sin, cos) = Math.SinCos(factors.RotationDegrees * Math.PI / 180);
        var scale = Height * factors.Scale;
        (double Length, double X, double Y) mass = default;
        int next = 0;
        foreach (var stroke in strokes)
        {
            for (int i = 0; i < stroke.Length; i++, next++)
            {
                var (x, y) = (stroke[i].X - 0.5, stroke[i].Y - 0.5);
                var (moveX, moveY) = Hand(x, y);
                (x, y) = (x + moveX, y + moveY);
                // y runs down: up is -y, and a counter-clockwise turn to the eye has the signs below.
                x -= factors.Slant * y;
                _path[next] = (scale * ((cos * x) + (sin * y)), scale * ((cos * y) - (sin * x)));
                if (i > 0) Add(ref mass, _path[next - 1], _path[next]);
            }
        }

        var offsetX = Centre - (mass.X / mass.Length);
        var offsetY = Centre - (mass.Y / mass.Length);
        for (var i = 0; i < count; i++)
            _path[i] = (_path[i].X + offsetX, _path[i].Y + offsetY);
    }

    private (double X, double Y) Hand(double x, double y)
    {
        double moveX = 0, moveY = 0;
        for (var i = 0; i < _wave.Length; i += 5)
        {
            var wave = Math.Sin((_wave[i + 2] * x) + (_wave[i + 3] * y) + _wave[i + 4]);
            moveX += _wave[i] * wave;
            moveY += _wave[i + 1] * wave;
        }
        return (moveX, moveY);
    }

    private static void Add(
        ref (double Length, double X, double Y) mass, (double X, double Y) a, (double X, double Y) b)
    {
        var length = Math.Sqrt(((b.X - a.X) * (b.X - a.X)) + ((b.Y - a.Y) * (b.Y - a.Y)));
        mass.Length += length;
        mass.X += length * (a.X + b.X) / 2;
        mass.Y += length * (a.Y + b.Y) / 2;
    }
}

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
        var (dx, dy) = (b.X - a.X, b.Y - a.Y);
        var squaredLength = (dx * dx) + (dy * dy);
        var scale = squaredLength > 0 ? 1 / squaredLength : 0;
        // Pixels beyond reach get no ink from this segment, so that only the box around it is visited.
        int left = First(Math.Min(a.X, b.X) - reach), right = Last(Math.Max(a.X, b.X) + reach);
        int top = First(Math.Min(a.Y, b.Y) - reach), bottom = Last(Math.Max(a.Y, b.Y) + reach);
        for (var row = top; row <= bottom; row++)
        {
            for (var column = left; column <= right; column++)
            {
                // t is where the pixel's foot lies on the segment, 0 at a and 1 at b.
                var (x, y) = (column - a.X, row - a.Y);
                var t = Math.Clamp(((x * dx) + (y * dy)) * scale, 0, 1);
                (x, y) = (x - (t * dx), y - (t * dy));
                var squared = (x * x) + (y * y);
                ref double nearest = ref _squared[(row * side) + column];
                if (squared < nearest) nearest = squared;
            }
        }
    }

    // Clamped before the cast, so that a segment far off the image is not seen rather than overflowing.
    private int First(double edge) => (int)Math.Ceiling(Math.Clamp(edge, 0, side));

    private int Last(double edge) => (int)Math.Floor(Math.Clamp(edge, -1, side - 1));
}
