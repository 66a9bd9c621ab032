using Gsr.Graphs;
using MathNet.Numerics.LinearAlgebra;

namespace Gsr.Learning;

/// <summary>Spectral clusters of a graph without isolated nodes.</summary>
internal static class SpectralClusters
{
    /// <summary>Which side of an axis a node is on does not hang on the sixth digit.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>
    /// The rows of the lowest eigenvectors of the symmetric normalised Laplacian, at length 1, lie near orthogonal
    /// directions, one per cluster. Pivoted QR picks one row of each; the nearest orthogonal matrix to those turns the
    /// directions into axes; a row belongs to the axis along which it is longest.
    /// </summary>
    public static int[] Of(FeatureGraph graph, int clusters)
    {
        var (_, vectors) = LowFrequencies.Of(
            graph.Laplacian(LaplacianKind.SymmetricNormalized).Matrix, 2, clusters, Tolerance);
        var rows = Matrix<double>.Build.DenseOfArray(vectors).NormalizeRows(2);
        var pivots = Pivots(rows, clusters);
        var picked = Matrix<double>.Build.DenseOfRowVectors(pivots.Select(rows.Row)).Transpose().Svd();
        var turned = rows * picked.U * picked.VT;
        return [.. turned.EnumerateRows().Select(row => row.AbsoluteMaximumIndex())];
    }

    /// <summary>
    /// The rows that pivoting would take: each time the one longest after what the earlier ones explain.
    /// </summary>
    private static int[] Pivots(Matrix<double> rows, int count)
    {
        var rest = rows.Clone();
        var pivots = new int[count];
        for (var k = 0; k < count; k++)
        {
            var lengths = rest.RowNorms(2);
            // By a margin, so that rounding does not choose among rows of equal length.
            var best = 0;
            for (var i = 1; i < lengths.Count; i++)
                if (lengths[i] > lengths[best] * (1 + 1e-9)) best = i;
            pivots[k] = best;
            var direction = rest.Row(best);
            var norm = direction.L2Norm();
            if (norm < 1e-12) continue;
            direction /= norm;
            rest -= (rest * direction).OuterProduct(direction);
        }

        return pivots;
    }
}
