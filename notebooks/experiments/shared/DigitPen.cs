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
        (double offX, double offY) = CentreOfMass();
        for (int i = 0; i < _path.Length; i++)
            _path[i] = (_path[i].X - offX + factors.ShiftX, _path[i].Y - offY + factors.ShiftY);
        Ink(strokes, factors);

        for (int i = 0; i < pixels.Length; i++)
        {
            double ink = _ink[i];
            if (factors.Noise > 0) ink += factors.Noise * normal.Next();
            pixels[i] = (byte)Math.Round(255 * Math.Clamp(ink, 0, 1));
        }
    }

    // A pixel that the stroke's edge runs through is inked in proportion: full where its centre is half a pixel inside
    // the edge, none where it is half a pixel outside. A stroke of less than a pixel never fills one.
    private void Ink((double X, double Y)[][] strokes, DigitFactors factors)
    {
        double edge = (factors.Thickness / 2) + 0.5;
        double full = Math.Min(1, factors.Thickness);
        _raster.Clear();
        int start = 0;
        foreach ((double X, double Y)[] stroke in strokes)
        {
            for (int i = start; i + 1 < start + stroke.Length; i++)
                _raster.Add(_path[i], _path[i + 1], edge);
            start += stroke.Length;
        }
        for (int i = 0; i < _ink.Length; i++)
            _ink[i] = Math.Clamp(edge - _raster.Distance(i), 0, full);
    }

    // From the image's centre; 0 without ink.
    private (double X, double Y) CentreOfMass()
    {
        double mass = 0, x = 0, y = 0;
        for (int i = 0; i < _ink.Length; i++)
        {
            mass += _ink[i];
            x += _ink[i] * (i % Side);
            y += _ink[i] * (i / Side);
        }
        return mass > 0 ? ((x / mass) - Centre, (y / mass) - Centre) : (0, 0);
    }

    // The hand's own deviation: a smooth displacement of the plane, a sum of waves of at most a period over the digit.
    // It bends straight lines, and moves strokes that meet by the same amount.
    private void DrawHand(Random random, GaussianSource normal)
    {
        for (int i = 0; i < _wave.Length; i += 5)
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
        foreach ((double X, double Y)[] stroke in strokes)
            count += stroke.Length;
        if (_path.Length < count) _path = new (double X, double Y)[count];

        (double sin, double cos) = Math.SinCos(factors.RotationDegrees * Math.PI / 180);
        double scale = Height * factors.Scale;
        (double Length, double X, double Y) mass = default;
        int next = 0;
        foreach ((double X, double Y)[] stroke in strokes)
        {
            for (int i = 0; i < stroke.Length; i++, next++)
            {
                (double x, double y) = (stroke[i].X - 0.5, stroke[i].Y - 0.5);
                (double moveX, double moveY) = Hand(x, y);
                (x, y) = (x + moveX, y + moveY);
                // y runs down: up is -y, and a counter-clockwise turn to the eye has the signs below.
                x -= factors.Slant * y;
                _path[next] = (scale * ((cos * x) + (sin * y)), scale * ((cos * y) - (sin * x)));
                if (i > 0) Add(ref mass, _path[next - 1], _path[next]);
            }
        }

        double offsetX = Centre - (mass.X / mass.Length);
        double offsetY = Centre - (mass.Y / mass.Length);
        for (int i = 0; i < count; i++)
            _path[i] = (_path[i].X + offsetX, _path[i].Y + offsetY);
    }

    private (double X, double Y) Hand(double x, double y)
    {
        double moveX = 0, moveY = 0;
        for (int i = 0; i < _wave.Length; i += 5)
        {
            double wave = Math.Sin((_wave[i + 2] * x) + (_wave[i + 3] * y) + _wave[i + 4]);
            moveX += _wave[i] * wave;
            moveY += _wave[i + 1] * wave;
        }
        return (moveX, moveY);
    }

    private static void Add(
        ref (double Length, double X, double Y) mass, (double X, double Y) a, (double X, double Y) b)
    {
        double length = Math.Sqrt(((b.X - a.X) * (b.X - a.X)) + ((b.Y - a.Y) * (b.Y - a.Y)));
        mass.Length += length;
        mass.X += length * (a.X + b.X) / 2;
        mass.Y += length * (a.Y + b.Y) / 2;
    }
}
