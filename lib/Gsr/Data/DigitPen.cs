namespace Gsr.Data;

/// <summary>Draws one digit at a time; each thread needs a pen of its own.</summary>
internal sealed class DigitPen
{
    private const int Side = DigitGenerator.Side;
    private const double Height = 16;
    private const int Waves = 3;

    private readonly double[] _squared = new double[Side * Side];
    private readonly double[] _wave = new double[Waves * 5];
    private (double X, double Y)[] _path = [];

    /// <summary>Writes all Side · Side pixels.</summary>
    internal void Draw((double X, double Y)[][] strokes, DigitFactors factors, Random random, Span<byte> pixels)
    {
        var normal = new GaussianSource(random);
        DrawHand(random, normal);
        Place(strokes, factors);

        double radius = factors.Thickness / 2;
        Array.Fill(_squared, double.PositiveInfinity);
        int start = 0;
        foreach ((double X, double Y)[] stroke in strokes)
        {
            for (int i = start; i + 1 < start + stroke.Length; i++)
                Measure(_path[i], _path[i + 1], radius + 0.5);
            start += stroke.Length;
        }

        // A pixel that the stroke's edge runs through is inked in proportion: full where its centre is half a pixel inside
        // the edge, none where it is half a pixel outside. A stroke of less than a pixel never fills one.
        double full = Math.Min(1, factors.Thickness);
        for (int i = 0; i < pixels.Length; i++)
        {
            double ink = double.IsPositiveInfinity(_squared[i])
                ? 0 : Math.Clamp(radius + 0.5 - Math.Sqrt(_squared[i]), 0, full);
            if (factors.Noise > 0) ink += factors.Noise * normal.Next();
            pixels[i] = (byte)Math.Round(255 * Math.Clamp(ink, 0, 1));
        }
    }

    // The hand's own deviation: a smooth displacement of the plane, a sum of waves of about one period over the digit. It
    // bends straight lines, and moves strokes that meet by the same amount.
    private void DrawHand(Random random, GaussianSource normal)
    {
        for (int i = 0; i < _wave.Length; i += 5)
        {
            _wave[i] = 0.035 * normal.Next();
            _wave[i + 1] = 0.035 * normal.Next();
            _wave[i + 2] = 8 * (random.NextDouble() - 0.5);
            _wave[i + 3] = 8 * (random.NextDouble() - 0.5);
            _wave[i + 4] = 2 * Math.PI * random.NextDouble();
        }
    }

    // Fills _path with the points of all strokes in pixels, pixel (0, 0) having its centre at (0, 0).
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

        // Ink is length times thickness, so the centre of the path is the centre of mass (but where strokes overlap).
        double offsetX = ((Side - 1) / 2.0) + factors.ShiftX - (mass.X / mass.Length);
        double offsetY = ((Side - 1) / 2.0) + factors.ShiftY - (mass.Y / mass.Length);
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

    private static void Add(ref (double Length, double X, double Y) mass, (double X, double Y) a, (double X, double Y) b)
    {
        double length = Math.Sqrt(((b.X - a.X) * (b.X - a.X)) + ((b.Y - a.Y) * (b.Y - a.Y)));
        mass.Length += length;
        mass.X += length * (a.X + b.X) / 2;
        mass.Y += length * (a.Y + b.Y) / 2;
    }

    // Lowers the squared distance of the pixels within reach of a segment; the others are not looked at.
    private void Measure((double X, double Y) a, (double X, double Y) b, double reach)
    {
        (double dx, double dy) = (b.X - a.X, b.Y - a.Y);
        double squaredLength = (dx * dx) + (dy * dy);
        double scale = squaredLength > 0 ? 1 / squaredLength : 0;
        int left = First(Math.Min(a.X, b.X) - reach), right = Last(Math.Max(a.X, b.X) + reach);
        int top = First(Math.Min(a.Y, b.Y) - reach), bottom = Last(Math.Max(a.Y, b.Y) + reach);
        for (int row = top; row <= bottom; row++)
        {
            for (int column = left; column <= right; column++)
            {
                (double x, double y) = (column - a.X, row - a.Y);
                double t = Math.Clamp(((x * dx) + (y * dy)) * scale, 0, 1);
                (x, y) = (x - (t * dx), y - (t * dy));
                double squared = (x * x) + (y * y);
                ref double nearest = ref _squared[(row * Side) + column];
                if (squared < nearest) nearest = squared;
            }
        }
    }

    // Clamped before the cast, so that a digit shifted far off the image draws nothing rather than overflowing.
    private static int First(double edge) => (int)Math.Ceiling(Math.Clamp(edge, 0, Side));

    private static int Last(double edge) => (int)Math.Floor(Math.Clamp(edge, -1, Side - 1));
}
