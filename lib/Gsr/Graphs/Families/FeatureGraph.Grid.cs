namespace Gsr.Graphs;

public sealed partial class FeatureGraph
{
    /// <summary>
    /// The grid without wrapping: node (r, c) = r * columns + c is joined to its neighbours above, below, left and
    /// right. The Cartesian product of two paths, so its eigenvalues are the sums of theirs:
    /// λᵢⱼ = 4 sin²(πi / 2 rows) + 4 sin²(πj / 2 columns), i = 0 .. rows-1, j = 0 .. columns-1.
    /// </summary>
    /// <remarks>
    /// The paper's MNIST layer is an 8x8 grid. With its borders joined it is a torus; one row is a path.
    /// </remarks>
    /// <example><code>FeatureGraph.Grid(8, 8).ToString();   // grid 8x8, 64 nodes, 112 edges</code></example>
    public static FeatureGraph Grid(int rows, int columns)
    {
        Arguments.AtLeast(rows, 1, nameof(rows), "a grid has at least 1 row.");
        Arguments.AtLeast(columns, 1, nameof(columns), "a grid has at least 1 column.");
        Arguments.Size((long)rows * columns, 2L * rows * columns, "rows x columns", $"{rows}x{columns}");

        var edges = new List<Edge>(2 * rows * columns);
        foreach (var node in Enumerable.Range(0, rows * columns))
        {
            if ((node % columns) + 1 < columns)
                edges.Add(new Edge(node, node + 1));
            if ((node / columns) + 1 < rows)
                edges.Add(new Edge(node, node + columns));
        }
        return new FeatureGraph(
            $"grid {rows}x{columns}", rows * columns, [.. edges], Raster(rows, columns), (rows, columns));
    }

    /// <summary>Node r * columns + c at x = c, y = r.</summary>
    private static NodePosition[] Raster(int rows, int columns) =>
        [.. Enumerable.Range(0, rows * columns).Select(i => new NodePosition(i % columns, i / columns))];
}
