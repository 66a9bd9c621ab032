using System.Numerics;
using Gsr.Internals;

namespace Gsr.Experiments.SpectralFilters;

/// <summary>
/// Grey images of a solid that turns once about its vertical axis: a closed manifold of one dimension, which a ring of nodes can
/// follow. The solid, a slab with a tower beside its axis and a stub on one corner, looks different from every side.
/// </summary>
/// <remarks>
/// Rays of an orthographic camera, 25° above the horizon, are cut with the solid's three boxes; a point's brightness is
/// 0.2 + 0.8 max(0, n·l) with its normal n and a light l that stands with the camera, so that a face changes as it turns. A pixel
/// is the mean of 3 x 3 rays; the background is 0. Most of the images' variance goes round once with the angle: of an elongated
/// solid, which half a turn brings back almost, most goes round twice, and so does a code that follows it.
/// </remarks>
/// <example><code>ManifoldData turn = RotatingSolid.Turn(360);     // one image per degree</code></example>
public static class RotatingSolid
{
    private const int RaysPerSide = 3;
    private const float HalfWidth = 1.25f;
    private const float Ambient = 0.2f;
    private static readonly float Elevation = 25 * MathF.PI / 180;

    /// <summary>Towards the light, in the camera's right, up and back.</summary>
    private static readonly Vector3 Light = Vector3.Normalize(new(-0.55f, 0.65f, 0.55f));

    /// <summary>Centre and half sides; z is up, and the axis goes through x = y = 0.</summary>
    private static readonly (Vector3 Centre, Vector3 Half)[] Boxes =
    [
        (new(0, 0, -0.55f), new(0.45f, 0.45f, 0.10f)),
        (new(-0.45f, 0, 0.10f), new(0.40f, 0.40f, 0.55f)),
        (new(0.30f, 0.30f, -0.33f), new(0.12f, 0.12f, 0.12f)),
    ];

    /// <summary>Draws the solid.</summary>
    /// <param name="angle">How far it has turned, in radians; 2π later it looks the same.</param>
    /// <param name="side">Rows and columns of the image, at least 1; 28 by default, as MNIST's.</param>
    /// <returns>side · side values in [0, 1], row by row; the caller's.</returns>
    public static float[] Draw(double angle, int side = 28)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        if (!double.IsFinite(angle)) throw new ArgumentOutOfRangeException(nameof(angle), angle, $"angle is {angle}; it is finite, in radians.");

        // The camera turns the other way, and the solid stays: right, up and back are its axes.
        var (sin, cos) = ((float)Math.Sin(-angle), (float)Math.Cos(-angle));
        Vector3 outward = new(cos, sin, 0), right = new(-sin, cos, 0);
        Vector3 back = (MathF.Cos(Elevation) * outward) + (MathF.Sin(Elevation) * Vector3.UnitZ);
        Vector3 up = (MathF.Cos(Elevation) * Vector3.UnitZ) - (MathF.Sin(Elevation) * outward);
        Vector3 light = (Light.X * right) + (Light.Y * up) + (Light.Z * back);

        var image = new float[side * side];
        int rays = side * RaysPerSide;
        for (int row = 0; row < rays; row++)
        {
            for (int column = 0; column < rays; column++)
            {
                Vector3 from = (Place(column) * right) - (Place(row) * up) + (4 * back);
                image[(row / RaysPerSide * side) + (column / RaysPerSide)] += Brightness(from, -back, light) / (RaysPerSide * RaysPerSide);
            }
        }
        return image;

        float Place(int ray) => HalfWidth * (((2 * ray) + 1f) / rays - 1);
    }

    /// <summary>One turn, seen at equal steps.</summary>
    /// <param name="count">Number of images, at least 1: at the angles 0, 2π/count, ...</param>
    /// <param name="noise">Standard deviation of the normal noise on every pixel, not negative; 0 by default.</param>
    /// <param name="seed">Of the noise.</param>
    /// <param name="side">Rows and columns of an image; 28 by default.</param>
    public static ManifoldData Turn(int count, double noise = 0, int seed = 0, int side = 28)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (!double.IsFinite(noise) || noise < 0) throw new ArgumentOutOfRangeException(nameof(noise), noise, $"noise is {noise}; it is a standard deviation, 0 or above.");
        double[] angles = [.. Enumerable.Range(0, count).Select(i => 2 * Math.PI * i / count)];
        float[] pixels = [.. angles.SelectMany(angle => Draw(angle, side))];
        if (noise > 0)
        {
            var normal = new GaussianSource(new SplitMix64(seed, 1, 0));
            for (int i = 0; i < pixels.Length; i++) pixels[i] += (float)(noise * normal.Next());
        }
        return new ManifoldData("rotating solid", pixels, side * side, angles);
    }

    /// <summary>Of the nearest box that the ray meets: a ray is within a box between its last entry and its first exit of three slabs.</summary>
    private static float Brightness(Vector3 from, Vector3 direction, Vector3 light)
    {
        float nearest = float.PositiveInfinity, brightness = 0;
        foreach (var (centre, half) in Boxes)
        {
            float entry = float.NegativeInfinity, exit = float.PositiveInfinity;
            var normal = Vector3.Zero;
            for (int axis = 0; axis < 3; axis++)
            {
                float start = from[axis] - centre[axis], step = direction[axis];
                if (step == 0)
                {
                    if (Math.Abs(start) > half[axis]) exit = float.NegativeInfinity;
                    continue;
                }
                float a = (-half[axis] - start) / step, b = (half[axis] - start) / step;
                if (Math.Min(a, b) > entry)
                {
                    entry = Math.Min(a, b);
                    normal = Vector3.Zero;
                    normal[axis] = step > 0 ? -1 : 1;
                }
                exit = Math.Min(exit, Math.Max(a, b));
            }
            if (entry > exit || entry >= nearest) continue;
            nearest = entry;
            brightness = Ambient + ((1 - Ambient) * Math.Max(0, Vector3.Dot(normal, light)));
        }
        return brightness;
    }
}
