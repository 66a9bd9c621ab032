namespace Gsr.Graphs;

public sealed partial class FeatureGraph
{
    /// <summary>
    /// The full binary tree of 2^levels - 1 nodes, numbered level by level: node i has the children 2i + 1 and 2i + 2.
    /// </summary>
    /// <remarks>
    /// Its eigenvalues are those of small tridiagonal matrices with √2 beside the diagonal: one of size levels with
    /// diagonal (1, 3, .., 3, 2) from leaf to root for signals equal within a level, and for each height h below the
    /// root, 2^(levels-1-h) times, the one of size h with diagonal (1, 3, .., 3) for signals of opposite sign in the
    /// two subtrees of a node (Rojo 2002, Linear Algebra Appl. 349:203). A tree of 2 levels is a path 3 and a star 3.
    /// </remarks>
    public static FeatureGraph BinaryTree(int levels)
    {
        Arguments.AtLeast(levels, 1, nameof(levels), "a tree has at least the level of its root.");
        Arguments.Size((1L << Math.Min(levels, 62)) - 1, 0, nameof(levels), levels);

        var nodeCount = (1 << levels) - 1;
        Edge[] edges = [.. Enumerable.Range(1, nodeCount - 1).Select(child => new Edge((child - 1) / 2, child))];
        NodePosition[] layout = [.. Enumerable.Range(0, nodeCount).Select(Place)];
        return new FeatureGraph($"binary tree of {levels} level{(levels == 1 ? "" : "s")}", nodeCount, edges, layout);

        // The leaves stand 1 apart; a parent stands over the middle of its leaves.
        NodePosition Place(int node)
        {
            var level = System.Numerics.BitOperations.Log2((uint)node + 1);
            var leavesBelow = 1 << (levels - 1 - level);
            var inLevel = node + 1 - (1 << level);
            return new NodePosition(((inLevel + 0.5) * leavesBelow) - 0.5, level);
        }
    }
}
