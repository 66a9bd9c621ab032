namespace Gsr.Graphs;

public sealed partial class FeatureGraph
{
    /// <summary>
    /// The wishbone: two paths 0 .. length-1 and length .. 2 length-1, tied by rungs (i, length + i) over their first
    /// part (by default half), so that one broad stem splits into two branches: a developmental bifurcation.
    /// </summary>
    /// <remarks>
    /// Between two disjoint paths (rungs 0) and the grid 2 x length (rungs = length). Signals equal on both paths have
    /// the eigenvalues of the path; those of opposite sign the ones of the path's L + 2 diag(rung), no closed form.
    /// </remarks>
    public static FeatureGraph Wishbone(int length, int? rungs = null)
    {
        Arguments.AtLeast(length, 2, nameof(length), "each path of a wishbone has at least 2 nodes.");
        Arguments.Size(2L * length, 3L * length, nameof(length), length);
        var tied = rungs ?? length / 2;
        if (tied < 0 || tied > length)
        {
            throw new ArgumentOutOfRangeException(nameof(rungs), rungs,
                $"rungs is {rungs}; choose 0 to the length {length}, half of it by default.");
        }

        var paths = Enumerable.Range(0, length - 1)
            .SelectMany(i => new[] { new Edge(i, i + 1), new Edge(length + i, length + i + 1) });
        var ties = Enumerable.Range(0, tied).Select(i => new Edge(i, length + i));
        NodePosition[] layout = [.. Enumerable.Range(0, 2 * length).Select(Place)];
        return new FeatureGraph($"wishbone 2x{length} with {tied} rung{(tied == 1 ? "" : "s")}", 2 * length,
            Normalised(2 * length, paths.Concat(ties)), layout);

        // The stem is a ladder of width 1; behind its last rung the branches spread.
        NodePosition Place(int node)
        {
            var along = node % length;
            var half = 0.5 + (0.5 * Math.Max(0, along - Math.Max(0, tied - 1)));
            return new NodePosition(along, node < length ? -half : half);
        }
    }
}
