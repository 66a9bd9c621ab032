using System.Numerics;

namespace Gsr.Experiments.SpectralFilters;

/// <summary>
/// Grey images of a solid that rotates once about its vertical axis: a closed manifold of one dimension, which a ring
/// of nodes can follow. The solid, a slab with a tower beside its axis and a stub on one corner, looks different from
/// every side.
/// </summary>
/// <remarks>
/// Rays of an orthographic camera, 25° above the horizon, are intersected with the solid's three boxes; a point's
/// brightness is 0.2 + 0.8 max(0, n·l) with its normal n and a light l that is fixed to the camera, so that a face
/// changes as it rotates. A pixel is the mean of 3 x 3 rays; the background is 0. Most of the images' variance is in
/// the first harmonic of the angle; of an elongated solid, which looks almost the same after half a turn, most is in
/// the second, and a code follows that.
/// </remarks>
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

    /// <summary>Draws the solid rotated by an angle in radians: side · side values in [0, 1], row by row.</summary>
    internal static float[] Draw(double angle, int side)
    {
        // The camera turns the other way, and the solid stays: right, up and back are its axes.
        var (sin, cos) = ((float)Math.Sin(-angle), (float)Math.Cos(-angle));
        Vector3 outward = new(cos, sin, 0), right = new(-sin, cos, 0);
        var back = (MathF.Cos(Elevation) * outward) + (MathF.Sin(Elevation) * Vector3.UnitZ);
        var up = (MathF.Cos(Elevation) * Vector3.UnitZ) - (MathF.Sin(Elevation) * outward);
        var light = (Light.X * right) + (Light.Y * up) + (Light.Z * back);

        var image = new float[side * side];
        var rays = side * RaysPerSide;
        for (var row = 0; row < rays; row++)
        {
            for (var column = 0; column < rays; column++)
            {
                var from = (Place(column) * right) - (Place(row) * up) + (4 * back);
                image[(row / RaysPerSide * side) + (column / RaysPerSide)] +=
                    Brightness(from, -back, light) / (RaysPerSide * RaysPerSide);
            }
        }
        return image;

        float Place(int ray) => HalfWidth * (((2 * ray) + 1f) / rays - 1);
    }

    /// <summary>
    /// One turn: <paramref name="count"/> images of side x side pixels at the angles 0, 2π/count, ...
    /// </summary>
    public static ManifoldData Turn(int count, int side)
    {
        double[] angles = [.. Enumerable.Range(0, count).Select(i => 2 * Math.PI * i / count)];
        float[] pixels = [.. angles.SelectMany(angle => Draw(angle, side))];
        return new ManifoldData("rotating solid", pixels, side * side, angles);
    }

    /// <summary>
    /// Of the nearest box that the ray meets: a ray is within a box between its last entry and its first exit of three
    /// slabs.
    /// </summary>
    private static float Brightness(Vector3 from, Vector3 direction, Vector3 light)
    {
        float nearest = float.PositiveInfinity, brightness = 0;
        foreach (var (centre, half) in Boxes)
        {
            float entry = float.NegativeInfinity, exit = float.PositiveInfinity;
            var normal = Vector3.Zero;
            for (var axis = 0; axis < 3; axis++)
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
