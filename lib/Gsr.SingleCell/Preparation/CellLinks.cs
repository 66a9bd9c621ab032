using Gsr.Graphs;

namespace Gsr.SingleCell.Preparation;

/// <summary>The weights of a graph of nearest cells; see <see cref="CellWeights"/>.</summary>
internal static class CellLinks
{
    // UMAP's: no scale is below this share of the mean distance.
    private const double LeastScale = 1e-3;
    private const int Halvings = 64;

    public static FeatureGraph Graph(int[,] neighbours, double[,] distances, CellWeights weights, string name)
    {
        (int cells, int k) = (neighbours.GetLength(0), neighbours.GetLength(1));
        double overall = Mean(distances);
        double[] scales = [.. Enumerable.Range(0, cells).Select(cell => weights switch
        {
            CellWeights.Gaussian => distances[cell, k - 1] / 2,
            CellWeights.Umap => Scale(distances, cell, overall),
            _ => 0,
        })];
        // From each end that chose the other: one value or two.
        var links = new Dictionary<(int, int), (double From, double Back, double Distance)>(cells * k);
        for (int cell = 0; cell < cells; cell++)
        {
            for (int i = 0; i < k; i++)
            {
                int other = neighbours[cell, i];
                double distance = distances[cell, i];
                double own = weights == CellWeights.Umap ? Member(distance, Offset(distances, cell), scales[cell]) : 1;
                var key = cell < other ? (cell, other) : (other, cell);
                links[key] = links.TryGetValue(key, out var link) ? link with { Back = own } : (own, 0, distance);
            }
        }
        Edge[] edges = [.. links.Select(link => new Edge(link.Key.Item1, link.Key.Item2, weights switch
            {
                CellWeights.Gaussian => Gaussian(link.Value.Distance, scales[link.Key.Item1], scales[link.Key.Item2]),
                CellWeights.Umap => link.Value.From + link.Value.Back - (link.Value.From * link.Value.Back),
                _ => 1,
            })).Where(edge => edge.Weight > 0).OrderBy(edge => edge.Source).ThenBy(edge => edge.Target)];
        return FeatureGraph.FromSortedEdges(cells, edges, name);
    }

    private static double Gaussian(double distance, double a, double b)
    {
        double squares = (a * a) + (b * b);
        // A cell with k duplicates has no width: the kernel's limit for equal widths that vanish, as for its duplicates.
        if (squares == 0) return distance == 0 ? 1 : 0;
        if (a == 0 || b == 0) return 0;
        return Math.Sqrt(2 * a * b / squares) * Math.Exp(-distance * distance / squares);
    }

    private static double Member(double distance, double offset, double scale) =>
        distance <= offset || scale == 0 ? 1 : Math.Exp((offset - distance) / scale);

    /// <summary>ρ; 0 where all neighbours are duplicates.</summary>
    private static double Offset(double[,] distances, int cell)
    {
        for (int i = 0; i < distances.GetLength(1); i++)
        {
            if (distances[cell, i] > 0) return distances[cell, i];
        }
        return 0;
    }

    /// <summary>s by bisection, from above and below.</summary>
    private static double Scale(double[,] distances, int cell, double overall)
    {
        int k = distances.GetLength(1);
        double target = Math.Log2(k + 1), offset = Offset(distances, cell), mean = 0;
        for (int i = 0; i < k; i++)
            mean += distances[cell, i] / k;
        double low = 0, high = double.PositiveInfinity, scale = 1;
        for (int step = 0; step < Halvings; step++)
        {
            double sum = 0;
            for (int i = 0; i < k; i++)
                sum += Member(distances[cell, i], offset, scale);
            if (sum > target) high = scale;
            else low = scale;
            scale = double.IsPositiveInfinity(high) ? 2 * scale : (low + high) / 2;
        }
        double least = LeastScale * (offset > 0 ? mean : overall);
        return double.IsFinite(scale) ? Math.Max(scale, least) : least;
    }

    private static double Mean(double[,] distances)
    {
        double sum = 0;
        foreach (double distance in distances)
            sum += distance;
        return sum / distances.Length;
    }
}
