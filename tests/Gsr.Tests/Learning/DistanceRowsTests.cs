using Gsr.Learning;

namespace Gsr.Tests.Learning;

public sealed class DistanceRowsTests
{
    /// <summary>Below and above a block, a panel, a chunk of samples, and what is kept whole.</summary>
    [Theory]
    [InlineData(1, 3)]
    [InlineData(13, 700)]
    [InlineData(139, 1100)]
    [InlineData(301, 40)]
    [InlineData(2101, 530)]
    public void Rows_of_any_size_agree_with_the_definition(int nodes, int samples)
    {
        var random = new Random(nodes);
        var matrix = new double[samples, nodes];
        for (var s = 0; s < samples; s++)
            for (var i = 0; i < nodes; i++) matrix[s, i] = (float)(random.NextDouble() - 0.3);
        foreach (var kind in Enum.GetValues<NodeDistance>())
        {
            var distances = new DistanceRows(NodeActivations.From(matrix), kind);
            var seen = new float[nodes][];
            distances.ForEach((row, values) =>
            {
                if (row % 100 == 0 || row == nodes - 1) seen[row] = values.ToArray();
            });
            Assert.Equal(Enumerable.Range(0, nodes), distances.Nodes);
            for (var row = 0; row < nodes; row++)
            {
                if (seen[row] is not { } values) continue;
                Assert.Equal(0, values[row]);
                for (var other = 0; other < nodes; other++)
                {
                    if (seen[other] is { } mirrored) Assert.Equal(values[other], mirrored[row]);
                    if (other % 50 != 0 && other != nodes - 1) continue;
                    var expected = SlowGraphs.Distance(Node(row), Node(other), kind);
                    if (kind == NodeDistance.Euclidean) expected *= expected / distances.ValueUnit;
                    Assert.Equal(expected, values[other], 1e-5 * Math.Max(1, expected));
                }
            }
        }

        double[] Node(int node) => [.. Enumerable.Range(0, samples).Select(s => matrix[s, node])];
    }
}
