using Gsr.Internals;
using Gsr.SingleCell;

namespace Gsr.Experiments.TCells;

/// <summary>
/// Generated thymus cells as a mass cytometer would see them after arcsinh: development without CD4 and CD8, to both,
/// to one of the two. The mean of each marker runs straight from knot to knot over the time; the noise is normal;
/// nothing is below 0. The shapes follow textbooks of immunology, roughly; no number is measured. A stand-in, and a
/// case of known truth.
/// </summary>
public static class ThymusGenerator
{
    private const double BranchPoint = 0.6;
    private const double Noise = 0.35;

    /// <summary>
    /// Means at times 0, .15, .3, .45 and .6 of the trunk, then at the ends of branch 2 (CD8) and of branch 3 (CD4).
    /// </summary>
    private static readonly (string Marker, double[] Means)[] Markers =
    [
        ("CD27", [2.5, 2.5, 2.0, 2.0, 2.5, 3.5, 3.5]),
        ("CD4", [0.3, 0.3, 2.5, 4.2, 4.3, 0.5, 4.4]),
        ("CD5", [1.0, 1.2, 2.0, 2.6, 3.2, 3.4, 4.0]),
        ("CD127", [2.0, 0.8, 0.4, 0.4, 0.8, 2.2, 2.2]),
        ("CD44", [2.5, 1.2, 1.0, 1.0, 1.0, 1.6, 1.6]),
        ("CD69", [0.4, 0.4, 0.4, 0.6, 2.2, 1.2, 1.4]),
        ("CD117", [2.5, 1.0, 0.3, 0.2, 0.2, 0.2, 0.2]),
        ("CD62L", [1.0, 1.0, 0.8, 0.8, 1.0, 2.8, 2.6]),
        ("CD24", [4.5, 4.5, 4.4, 4.2, 4.0, 2.2, 2.2]),
        ("CD3", [0.4, 0.5, 0.9, 1.4, 2.6, 3.6, 3.7]),
        ("CD8", [0.3, 0.6, 3.2, 4.6, 4.5, 4.2, 0.6]),
        ("CD25", [2.2, 1.8, 0.6, 0.4, 0.4, 0.4, 0.5]),
        ("TCRb", [0.3, 0.4, 0.8, 1.4, 2.4, 3.6, 3.6]),
    ];

    /// <summary>
    /// Draws cells of 13 markers, and their trajectory: three fifths are on the trunk, a fifth on each branch, times
    /// run from 0 to 1. Equal arguments give equal cells.
    /// </summary>
    public static (AnnotatedMatrix Cells, BranchedTrajectory Truth) Generate(int cells, int seed)
    {
        var random = new Random(seed);
        var normal = new GaussianSource(random);
        var values = new float[cells * Markers.Length];
        var (times, branches) = (new double[cells], new int[cells]);
        for (var cell = 0; cell < cells; cell++)
        {
            branches[cell] = Math.Max(BranchedTrajectory.Trunk, random.Next(5) - 1);
            times[cell] = branches[cell] == BranchedTrajectory.Trunk
                ? BranchPoint * random.NextDouble()
                : BranchPoint + ((1 - BranchPoint) * random.NextDouble());
            for (var marker = 0; marker < Markers.Length; marker++)
            {
                var mean = Mean(Markers[marker].Means, times[cell], branches[cell]);
                values[(cell * Markers.Length) + marker] = (float)Math.Max(0, mean + (Noise * normal.Next()));
            }
        }

        var matrix = new AnnotatedMatrix(
            new DenseMatrix(cells, Markers.Length, values), AnnotationTable.Numbered(cells),
            new AnnotationTable(Markers.Select(marker => marker.Marker)));
        return (matrix, new BranchedTrajectory(times, branches));
    }

    private static double Mean(double[] knots, double time, int branch)
    {
        if (branch > BranchedTrajectory.Trunk)
            return Between(knots[4], knots[branch == 2 ? 5 : 6], (time - BranchPoint) / (1 - BranchPoint));
        var place = time / BranchPoint * 4;
        var knot = Math.Min(3, (int)place);
        return Between(knots[knot], knots[knot + 1], place - knot);
    }

    private static double Between(double from, double to, double share) => from + ((to - from) * share);
}
