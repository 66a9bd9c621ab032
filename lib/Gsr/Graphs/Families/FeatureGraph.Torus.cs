namespace Gsr.Graphs;

public sealed partial class FeatureGraph
{
    /// <summary>
    /// The torus: a grid of at least 3 rows and 3 columns whose opposite borders are joined, every node of degree 4.
    /// The Cartesian product of two rings, so its eigenvalues are the sums of theirs: λᵢⱼ = 4 sin²(πi / rows) + 4
    /// sin²(πj / columns), at most 8.
    /// </summary>
    /// <remarks>
    /// The code of the paper's MNIST autoencoder is a 4x8 torus. Drawn as a grid; edges that wrap span it.
    /// </remarks>
    public static FeatureGraph Torus(int rows, int columns)
    {
        const string remedy =
            "a torus has at least 3 rows and 3 columns, fewer would be joined twice: use Grid or Ring.";
        Arguments.AtLeast(rows, 3, nameof(rows), remedy);
        Arguments.AtLeast(columns, 3, nameof(columns), remedy);
        Arguments.Size((long)rows * columns, 2L * rows * columns, "rows x columns", $"{rows}x{columns}");

        var edges = Enumerable.Range(0, rows * columns).SelectMany(node =>
        {
            int row = node / columns, column = node % columns;
            return new[]
            {
                new Edge(node, (row * columns) + ((column + 1) % columns)),
                new Edge(node, ((row + 1) % rows * columns) + column),
            };
        });
        return new FeatureGraph($"torus {rows}x{columns}", rows * columns,
            Normalised(rows * columns, edges), Raster(rows, columns), (rows, columns));
    }
}
