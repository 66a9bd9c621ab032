using Gsr.Graphs;

namespace Gsr.Analysis.Pictures;

/// <summary>Shifts, turns and mirrors a picture onto another; its size stays.</summary>
internal static class Procrustes
{
    /// <summary>
    /// The rotation R, mirrored or not, that brings Σ |R xᵢ - yᵢ|² of the centred pictures to its minimum: in the plane its
    /// angle is that of Σ xᵢ* yᵢ, with x as complex numbers (and of Σ xᵢ yᵢ when mirrored).
    /// </summary>
    public static NodePosition[] Align(IReadOnlyList<NodePosition> positions, IReadOnlyList<NodePosition> reference)
    {
        var (x, y) = (Centred(positions), Centred(reference));
        double real = 0, imaginary = 0, mirroredReal = 0, mirroredImaginary = 0;
        for (var i = 0; i < x.Length; i++)
        {
            real += (x[i].X * y[i].X) + (x[i].Y * y[i].Y);
            imaginary += (x[i].X * y[i].Y) - (x[i].Y * y[i].X);
            mirroredReal += (x[i].X * y[i].X) - (x[i].Y * y[i].Y);
            mirroredImaginary += (x[i].X * y[i].Y) + (x[i].Y * y[i].X);
        }

        var (straight, mirrored) = (double.Hypot(real, imaginary), double.Hypot(mirroredReal, mirroredImaginary));
        // Mirrored only where that is truly better: a picture on a line is not turned over for nothing.
        var mirrors = mirrored > straight * (1 + 1e-9);
        var (cos, sin, length) = mirrors ? (mirroredReal, mirroredImaginary, mirrored) : (real, imaginary, straight);
        (cos, sin) = length > 0 ? (cos / length, sin / length) : (1, 0);
        return Array.ConvertAll(x, p =>
        {
            var turned = mirrors ? -p.Y : p.Y;
            return new NodePosition((cos * p.X) - (sin * turned), (sin * p.X) + (cos * turned));
        });
    }

    /// <summary>The same picture with its mean at 0.</summary>
    public static NodePosition[] Centred(IReadOnlyList<NodePosition> positions)
    {
        var (x, y) = (positions.Average(p => p.X), positions.Average(p => p.Y));
        return [.. positions.Select(p => new NodePosition(p.X - x, p.Y - y))];
    }
}
