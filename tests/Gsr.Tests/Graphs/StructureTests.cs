using Gsr.Graphs;

namespace Gsr.Tests.Graphs;

public class StructureTests
{
    [Fact]
    public void Components_agree_with_breadth_first_search() => GraphSample.Check(sample =>
    {
        var expected = BreadthFirst(sample.Graph.ToAdjacency());
        Assert.Equal(expected, sample.Graph.Components());
        Assert.Equal(expected.Max() + 1, sample.Graph.ComponentCount);
    });

    [Fact]
    public void Long_paths_are_one_component() => Assert.Equal(1, FeatureGraph.Path(200_000).ComponentCount);

    [Fact]
    public void Isolated_nodes_are_components() =>
        Assert.Equal([0, 1, 0, 2], FeatureGraph.FromEdges(4, [new(0, 2)]).Components());

    [Fact]
    public void Degrees_are_row_sums() => GraphSample.Check(sample =>
    {
        var w = sample.Graph.ToAdjacency();
        Near.Equal(Enumerable.Range(0, sample.Nodes).Select(i => Enumerable.Range(0, sample.Nodes).Sum(j => w[i, j])),
            sample.Graph.Degrees());
    });

    [Fact]
    public void Copies_share_spectrum_and_keep_apart() => GraphSample.Check(sample =>
    {
        var copies = sample.Graph.Copies(3);
        Assert.Equal(3 * sample.Graph.ComponentCount, copies.ComponentCount);
        Near.Equal(sample.Graph.Laplacian().Spectrum().Eigenvalues.SelectMany(v => new[] { v, v, v }),
            copies.Laplacian().Spectrum().Eigenvalues);
    });

    [Fact]
    public void Graphs_too_large_for_a_dense_matrix_have_none()
    {
        var path = FeatureGraph.Path(20_000);
        Assert.Throws<InvalidOperationException>(path.ToAdjacency);
        Assert.Throws<InvalidOperationException>(path.Laplacian().ToDense);
        Assert.Throws<InvalidOperationException>(path.Laplacian().Spectrum);
    }

    private static int[] BreadthFirst(double[,] w)
    {
        int n = w.GetLength(0), count = 0;
        int[] labels = [.. Enumerable.Repeat(-1, n)];
        for (var start = 0; start < n; start++)
        {
            if (labels[start] >= 0)
                continue;
            var queue = new Queue<int>([start]);
            labels[start] = count;
            while (queue.TryDequeue(out var i))
            {
                for (var j = 0; j < n; j++)
                {
                    if (w[i, j] > 0 && labels[j] < 0)
                    {
                        labels[j] = count;
                        queue.Enqueue(j);
                    }
                }
            }
            count++;
        }
        return labels;
    }
}
