using Gsr.Internals;
using Gsr.SingleCell;

namespace Gsr.Experiments.TCells;

/// <summary>
/// Invented thymus cells as a mass cytometer would see them after arcsinh: development without CD4 and CD8, to both, to one
/// of the two. The mean of each marker runs straight from knot to knot over the time; the noise is normal; nothing is below 0.
/// The shapes follow textbooks of immunology, roughly; no number is measured. A stand-in, and a case of known truth.
/// </summary>
/// <example><code>AnnotatedMatrix cells = ThymusGenerator.Generate(5000, seed: 1);   // columns Trajectory and Branch</code></example>
public static class ThymusGenerator
{
    private const double BranchPoint = 0.6;
    private const double Noise = 0.35;

    /// <summary>Means at times 0, .15, .3, .45 and .6 of the trunk, then at the ends of branch 2 (CD8) and of branch 3 (CD4).</summary>
    private static readonly (string Marker, double[] Means)[] s_markers =
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

    /// <summary>Draws cells; equal arguments give equal cells.</summary>
    /// <param name="cells">At least 1; three fifths are on the trunk, a fifth on each branch.</param>
    /// <param name="seed">Of <see cref="Random"/>.</param>
    /// <returns>13 markers, and the cell columns "Trajectory" (time, 0 to 1) and "Branch" (1 to 3).</returns>
    public static AnnotatedMatrix Generate(int cells, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cells);
        var random = new Random(seed);
        var normal = new GaussianSource(random);
        var values = new float[cells * s_markers.Length];
        var times = new double[cells];
        var branches = new long[cells];
        for (int cell = 0; cell < cells; cell++)
        {
            branches[cell] = Math.Max(1, random.Next(5) - 1);
            times[cell] = branches[cell] == 1
                ? BranchPoint * random.NextDouble()
                : BranchPoint + ((1 - BranchPoint) * random.NextDouble());
            for (int marker = 0; marker < s_markers.Length; marker++)
            {
                double mean = Mean(s_markers[marker].Means, times[cell], branches[cell]);
                values[(cell * s_markers.Length) + marker] = (float)Math.Max(0, mean + (Noise * normal.Next()));
            }
        }
        return new AnnotatedMatrix(new DenseMatrix(cells, s_markers.Length, values), AnnotationTable.Numbered(cells),
            new AnnotationTable(s_markers.Select(marker => marker.Marker)))
            .WithCellColumn("Trajectory", times)
            .WithCellColumn("Branch", branches);
    }

    private static double Mean(double[] knots, double time, long branch)
    {
        if (branch > 1)
            return Between(knots[4], knots[branch == 2 ? 5 : 6], (time - BranchPoint) / (1 - BranchPoint));
        double place = time / BranchPoint * 4;
        int knot = Math.Min(3, (int)place);
        return Between(knots[knot], knots[knot + 1], place - knot);
    }

    private static double Between(double from, double to, double share) => from + ((to - from) * share);
}
