using Gsr.Graphs;

namespace Gsr.Tests.Graphs;

public sealed class LowFrequencyTests
{
    [Fact]
    public void Small_graphs_agree_with_the_whole_spectrum() => GraphSample.Check(sample =>
    {
        foreach (var kind in new[] { LaplacianKind.Combinatorial, LaplacianKind.SymmetricNormalized })
        {
            var laplacian = sample.Graph.Laplacian(kind);
            var count = Math.Min(3, sample.Nodes);
            var (values, vectors) = LowFrequencies.Of(laplacian.Matrix, Bound(laplacian), count);
            Near.Equal(laplacian.Spectrum().Eigenvalues.Take(count), values, 1e-8);
            IsBasis(laplacian, values, vectors);
        }
    });

    [Theory]
    [InlineData(500, 5)]
    [InlineData(900, 2)]
    public void Large_graphs_agree_with_closed_forms(int nodes, int count)
    {
        // Of a path 2 - 2 cos(πk/N), of a ring 2 - 2 cos(2πk/N), in pairs; of disjoint copies each as often.
        Agrees(FeatureGraph.Path(nodes), k => 2 - (2 * Math.Cos(Math.PI * k / nodes)));
        Agrees(FeatureGraph.Ring(nodes), k => 2 - (2 * Math.Cos(2 * Math.PI * ((k + 1) / 2) / nodes)));
        Agrees(FeatureGraph.Path(nodes / 4).Copies(4), k => 2 - (2 * Math.Cos(Math.PI * (k / 4) / (nodes / 4))));
        Agrees(FeatureGraph.Star(nodes), k => k == 0 ? 0 : 1);

        void Agrees(FeatureGraph graph, Func<int, double> expected)
        {
            var laplacian = graph.Laplacian();
            var (values, vectors) = LowFrequencies.Of(laplacian.Matrix, Bound(laplacian), count);
            for (var k = 0; k < count; k++) Assert.Equal(expected(k), values[k], 1e-8);
            IsBasis(laplacian, values, vectors);
        }
    }

    private static double Bound(Laplacian laplacian) =>
        laplacian.Kind == LaplacianKind.Combinatorial ? 2 * laplacian.Graph.Degrees().Max() : 2;

    private static void IsBasis(Laplacian laplacian, double[] values, double[,] vectors)
    {
        for (var k = 0; k < values.Length; k++)
        {
            var vector = Column(vectors, k);
            Near.Equal(vector.Select(v => values[k] * v), laplacian.Apply(vector), 1e-6);
            for (var l = 0; l <= k; l++)
                Assert.Equal(k == l ? 1 : 0, vector.Zip(Column(vectors, l), (a, b) => a * b).Sum(), 1e-8);
        }
    }

    private static double[] Column(double[,] matrix, int k) =>
        [.. Enumerable.Range(0, matrix.GetLength(0)).Select(i => matrix[i, k])];
}
