using Gsr.Graphs;
using Gsr.Tests.Golden;

namespace Gsr.Tests.Graphs;

public class LaplacianTests
{
    [Fact]
    public void Sparse_agrees_with_the_dense_definition() => GraphSample.Check(sample =>
    {
        foreach (var kind in Enum.GetValues<LaplacianKind>())
        {
            var dense = Dense(sample.Graph, kind);
            var laplacian = sample.Graph.Laplacian(kind);
            Near.Equal(dense, laplacian.ToDense());
            Near.Equal(Product(dense, sample.Signal), laplacian.Apply(sample.Signal));
            var form = Dot(sample.Signal, Product(dense, sample.Signal));
            Near.Equal(form, laplacian.QuadraticForm(sample.Signal));
            Near.Equal(form / Dot(sample.Signal, sample.Signal), laplacian.RayleighQuotient(sample.Signal));
        }
    });

    [Fact]
    public void Rows_are_sorted_and_hold_their_diagonal() => GraphSample.Check(sample =>
    {
        var laplacian = sample.Graph.Laplacian();
        Assert.Equal(sample.Nodes + (2 * sample.Graph.Edges.Count), laplacian.Matrix.Values.Length);
        Assert.Equal(laplacian.Matrix.Values.Length, laplacian.Matrix.RowPointers[^1]);
        for (var i = 0; i < sample.Nodes; i++)
        {
            var row = laplacian.Matrix.Columns[laplacian.Matrix.RowPointers[i]..laplacian.Matrix.RowPointers[i + 1]]
                .ToArray();
            Assert.Equal(row.Distinct().Order(), row);
            Assert.Contains(i, row);
        }
    });

    [Fact]
    public void Symmetric_part_is_the_mean_with_the_transpose() => GraphSample.Check(sample =>
    {
        foreach (var kind in Enum.GetValues<LaplacianKind>())
        {
            var laplacian = sample.Graph.Laplacian(kind);
            double[,] l = laplacian.ToDense(), mean = new double[sample.Nodes, sample.Nodes];
            for (var i = 0; i < sample.Nodes; i++)
            {
                for (var j = 0; j < sample.Nodes; j++)
                    mean[i, j] = (l[i, j] + l[j, i]) / 2;
            }
            Near.Equal(mean, laplacian.SymmetricPart.ToDense());
            Near.Equal(laplacian.QuadraticForm(sample.Signal),
                Dot(sample.Signal, laplacian.SymmetricPart.Multiply(sample.Signal)));
            Assert.Equal(kind != LaplacianKind.RandomWalk, ReferenceEquals(laplacian.Matrix, laplacian.SymmetricPart));
        }
    });

    [Fact]
    public void Quadratic_forms_are_sums_over_edges() => GraphSample.Check(sample =>
    {
        double[] z = sample.Signal, d = sample.Graph.Degrees();
        Near.Equal(sample.Graph.Edges.Sum(e => e.Weight * Math.Pow(z[e.Source] - z[e.Target], 2)),
            sample.Graph.Laplacian().QuadraticForm(z));
        Near.Equal(sample.Graph.Edges.Sum(e =>
                e.Weight * Math.Pow(
                    (z[e.Source] / Math.Sqrt(d[e.Source])) - (z[e.Target] / Math.Sqrt(d[e.Target])), 2)),
            sample.Graph.Laplacian(LaplacianKind.SymmetricNormalized).QuadraticForm(z));
    });

    [Fact]
    public void Constants_are_in_the_null_space() => GraphSample.Check(sample =>
    {
        double[] ones = [.. Enumerable.Repeat(1.0, sample.Nodes)];
        double[] roots = [.. sample.Graph.Degrees().Select(Math.Sqrt)];
        Assert.All(sample.Graph.Laplacian().Apply(ones), v => Near.Equal(0, v));
        Assert.All(sample.Graph.Laplacian(LaplacianKind.RandomWalk).Apply(ones), v => Near.Equal(0, v));
        Assert.All(sample.Graph.Laplacian(LaplacianKind.SymmetricNormalized).Apply(roots), v => Near.Equal(0, v));
    });

    [Fact]
    public void Symmetric_kinds_are_symmetric_and_positive_semi_definite() => GraphSample.Check(sample =>
    {
        foreach (var kind in new[] { LaplacianKind.Combinatorial, LaplacianKind.SymmetricNormalized })
        {
            var laplacian = sample.Graph.Laplacian(kind);
            Assert.True(laplacian.QuadraticForm(sample.Signal) >= -1e-12);
            Near.Equal(Dot(sample.OtherSignal, laplacian.Apply(sample.Signal)),
                Dot(sample.Signal, laplacian.Apply(sample.OtherSignal)));
        }
    });

    [Fact]
    public void Random_walk_form_may_be_negative_on_unequal_degrees() =>
        Assert.True(FeatureGraph.Star(10).Laplacian(LaplacianKind.RandomWalk)
            .QuadraticForm([3, .. Enumerable.Repeat(1.0, 9)]) < 0);

    [Fact]
    public void Isolated_nodes_have_zero_rows()
    {
        var graph = FeatureGraph.FromEdges(3, [new(0, 2, 4)]);
        Assert.Equal(new double[,] { { 4, 0, -4 }, { 0, 0, 0 }, { -4, 0, 4 } }, graph.Laplacian().ToDense());
        double[,] normalised = { { 1, 0, -1 }, { 0, 0, 0 }, { -1, 0, 1 } };
        Assert.Equal(normalised, graph.Laplacian(LaplacianKind.SymmetricNormalized).ToDense());
        Assert.Equal(normalised, graph.Laplacian(LaplacianKind.RandomWalk).ToDense());
    }

    [Fact]
    public void Golden_quadratic_forms()
    {
        double[] five = [0, 2, 2, 4, 4], four = [0, 2, 4, 2];
        var path5 = FeatureGraph.Path(5).Laplacian().QuadraticForm(five);
        Near.Equal(GraphMetricsGolden.Value("path5_[0,2,2,4,4]", "dirichlet"), path5);
        Near.Equal(GraphMetricsGolden.Value("path5_[0,2,2,4,4]", "reference_library_doctest"), path5);

        var normalised = FeatureGraph.Path(4).Laplacian(LaplacianKind.SymmetricNormalized);
        var path4 = normalised.QuadraticForm(four);
        Near.Equal(GraphMetricsGolden.Value("path4_norm_[0,2,4,2]", "xLx"), path4, 1e-14);
        Near.Equal(GraphMetricsGolden.Value("path4_norm_[0,2,4,2]", "half_sum_sqrt_d"), path4, 1e-14);
        // The reference of the gradient's square was computed in single precision.
        Near.Equal(GraphMetricsGolden.Value("path4_norm_[0,2,4,2]", "gradient_squared"), path4, 1e-7);
        Assert.True(path4 - GraphMetricsGolden.Value("path4_norm_[0,2,4,2]", "wrong_if_divided_by_d_not_sqrt_d") > 2);
    }

    [Fact]
    public void Zero_signal_has_no_Rayleigh_quotient() =>
        Assert.True(double.IsNaN(FeatureGraph.Path(3).Laplacian().RayleighQuotient([0, 0, 0])));

    [Fact]
    public void Prints_what_it_is()
    {
        var path = FeatureGraph.Path(3);
        Assert.Equal("combinatorial Laplacian of path 3, 3 nodes, 2 edges", path.Laplacian().ToString());
        Assert.Equal(
            "random walk Laplacian of path 3, 3 nodes, 2 edges", path.Laplacian(LaplacianKind.RandomWalk).ToString());
        Assert.Equal("spectrum of symmetric normalised Laplacian of path 3, 3 nodes, 2 edges: 0 to 2",
            path.Laplacian(LaplacianKind.SymmetricNormalized).Spectrum().ToString());
    }

    [Fact]
    public void Wrong_lengths_and_kinds_are_refused()
    {
        var laplacian = FeatureGraph.Path(3).Laplacian();
        Assert.Throws<ArgumentException>("x", () => laplacian.Apply([1, 2]));
        Assert.Throws<ArgumentException>("x", () => laplacian.RayleighQuotient([1, 2, 3, 4]));
        Assert.Throws<ArgumentOutOfRangeException>("kind", () => FeatureGraph.Path(3).Laplacian((LaplacianKind)7));
    }

    private static double[,] Dense(FeatureGraph graph, LaplacianKind kind)
    {
        var l = graph.ToAdjacency();
        var n = graph.NodeCount;
        double[] d = [
            .. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => graph.ToAdjacency()[i, j]))];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var scale = kind switch
                {
                    LaplacianKind.Combinatorial => 1,
                    LaplacianKind.SymmetricNormalized => Math.Sqrt(d[i] * d[j]),
                    _ => d[i],
                };
                l[i, j] = d[i] == 0 || d[j] == 0 ? 0 : ((i == j ? d[i] : 0) - l[i, j]) / scale;
            }
        }
        return l;
    }

    private static double[] Product(double[,] matrix, double[] x) =>
        [.. Enumerable.Range(0, x.Length).Select(i => Enumerable.Range(0, x.Length).Sum(j => matrix[i, j] * x[j]))];

    private static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();
}
