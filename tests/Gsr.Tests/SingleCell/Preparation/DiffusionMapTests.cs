using Gsr.Graphs;
using Gsr.SingleCell.Preparation;
using Gsr.SingleCell.Reading;
using Gsr.SingleCell.Simulation;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;

namespace Gsr.Tests.SingleCell.Preparation;

public sealed class DiffusionMapTests
{
    [Fact]
    public void Agrees_with_a_dense_decomposition()
    {
        for (var seed = 0; seed < 6; seed++)
        {
            var random = new Random(seed);
            // 300 cells are beyond the solver's dense size.
            var cells = seed < 4 ? 60 : 300;
            var graph = CellGraph.Of(CellGraphTests.Points(cells, 2, random.NextDouble), 12).Graph;
            if (graph.ComponentCount > 1) continue;
            var map = DiffusionMap.Of(graph, 6);
            var (eigenvalues, vectors, visits) = Slow(graph);
            Samples.Near(eigenvalues.Skip(1).Take(6), map.Eigenvalues, 1e-9);
            var times = map.Pseudotime(5);
            var slowTimes = new double[cells];
            for (var cell = 0; cell < cells; cell++)
            {
                slowTimes[cell] = Math.Sqrt(Enumerable.Range(1, 6).Sum(k =>
                    Math.Pow(
                        eigenvalues[k] / (1 - eigenvalues[k]) * (
                            (vectors[cell, k] / vectors[cell, 0]) - (vectors[5, k] / vectors[5, 0])), 2)));
            }
            Samples.Near(slowTimes.Select(time => time / slowTimes.Max()), times, 1e-5);
            for (var k = 0; k < 6; k++)
            {
                Assert.Equal(1, Enumerable.Range(0, cells).Sum(cell =>
                    visits[cell] / visits.Sum() * map.Coordinates[cell, k] * map.Coordinates[cell, k]), 1e-8);
                double[] expected = [
                    .. Enumerable.Range(0, cells).Select(cell => vectors[cell, k + 1] / vectors[cell, 0])];
                double sign = Math.Sign(
                    Enumerable.Range(0, cells).Sum(cell => expected[cell] * map.Coordinates[cell, k]));
                Samples.Near(expected.Select(value => sign * value),
                    Enumerable.Range(0, cells).Select(cell => map.Coordinates[cell, k]), 1e-4);
            }
        }
    }

    [Fact]
    public void A_line_is_put_in_order()
    {
        var random = new Random(1);
        // Unevenly dense, with noise across.
        double[] truth = [.. Enumerable.Range(0, 600).Select(_ => Math.Pow(random.NextDouble(), 2))];
        var points = new double[600, 3];
        for (var cell = 0; cell < 600; cell++)
        {
            (points[cell, 0], points[cell, 1]) = (Math.Cos(4 * truth[cell]), Math.Sin(4 * truth[cell]));
            for (var d = 0; d < 3; d++) points[cell, d] += .03 * (random.NextDouble() - .5);
        }
        var map = DiffusionMap.Of(CellGraph.Of(points).Graph);
        var times = map.Pseudotime(Array.IndexOf(truth, truth.Min()));
        Assert.True(Correlation.Spearman(truth, times) > .99, $"{Correlation.Spearman(truth, times)}");
        double[] first = [.. Enumerable.Range(0, 600).Select(cell => map.Coordinates[cell, 0])];
        Assert.True(Math.Abs(Correlation.Spearman(truth, first)) > .99, $"{Correlation.Spearman(truth, first)}");
        Assert.Equal((0, 1), (times[Array.IndexOf(truth, truth.Min())], times.Max()));
    }

    [Fact]
    public void A_branching_tree_of_counts_is_put_in_order()
    {
        var cells = SyntheticCells.Generate(
            new()
            {
                Cells = 900,
                Lineage = [
                new("progenitor", null), new("fate1", "progenitor"), new("fate2", "progenitor")],
                Seed = 2
            });
        var truth = cells.CellTable.Numbers("pseudotime");
        var branches = cells.CellTable.Text("branch");
        var pca = Pca.Fit(cells.NormalizeTotal().Log1p(), 10);
        var map = DiffusionMap.Of(CellGraph.Of(pca.Scores).Graph, 10);
        var root = Array.IndexOf(truth, truth.Min());
        var times = map.Pseudotime(root);
        Assert.True(Correlation.Spearman(truth, times) > .9, $"{Correlation.Spearman(truth, times)}");
        foreach (var fate in (string[])["fate1", "fate2"])
        {
            int[] path = [
                .. Enumerable.Range(0, 900).Where(cell => branches[cell] is "progenitor" || branches[cell] == fate)];
            var along = Correlation.Spearman(path.Select(cell => truth[cell]), path.Select(cell => times[cell]));
            Assert.True(along > .9, $"{fate}: {along}");
        }
        // The tips of the two fates lie apart: farther from each other than each from the fork.
        int fork = Nearest("progenitor", .5), one = Nearest("fate1", 1), two = Nearest("fate2", 1);
        Assert.True(Apart(one, two) > Math.Max(Apart(fork, one), Apart(fork, two)));

        int Nearest(string branch, double time) =>
            Enumerable.Range(0, 900).Where(cell => branches[cell] == branch)
                .MinBy(cell => Math.Abs(truth[cell] - time));
        double Apart(int a, int b) =>
            Math.Sqrt(Enumerable.Range(0, 3).Sum(k => Math.Pow(map.Coordinates[a, k] - map.Coordinates[b, k], 2)));
    }

    [Fact]
    public void The_worms_clock_along_a_lineage()
    {
        // Minutes of the embryo, for one lineage from its mother to its daughters.
        var folder = Samples.RealFile("scrnaseq/packer2019-worm-embryo");
        var all = SingleCellFile.Read(folder)
            .WithCellAnnotations(Path.Combine(folder, "cell_metadata.tsv"));
        var types = all.CellTable.Text("cell.type");
        var cells = all.FilterCells(cell => types[cell] is "Neuroblast_ASG_AWA" or "ASG_AWA" or "AWA")
            .FilterGenes(minCells: 3).NormalizeTotal().Log1p().FindHighlyVariableGenes(topGenes: 1000)
                .SelectHighlyVariableGenes();
        var minutes = cells.CellTable.Numbers("embryo.time");
        var graph = CellGraph.Of(Pca.Fit(cells, 20).Scores);
        var times = DiffusionMap.Of(graph.Graph).Pseudotime(Array.IndexOf(minutes, minutes.Min()));
        Assert.All(times, time => Assert.True(double.IsFinite(time)));
        Assert.True(Correlation.Spearman(minutes, times) > .7, $"{Correlation.Spearman(minutes, times)}");
    }

    [Fact]
    public void Unreachable_cells_are_infinitely_far()
    {
        var edges = new List<Edge>();
        for (var i = 0; i < 9; i++)
        {
            edges.Add(new Edge(i, i + 1, 1));
            edges.Add(new Edge(20 + i, 21 + i, 1));
        }
        // Two paths of ten nodes, and eleven nodes alone.
        var graph = FeatureGraph.FromEdges(31, edges);
        var map = DiffusionMap.Of(graph, 4);
        Assert.All(map.Eigenvalues, value => Assert.InRange(value, -1, 1 - 1e-6));
        var times = map.Pseudotime(0);
        Assert.All(times[10..], time => Assert.Equal(double.PositiveInfinity, time));
        Assert.Equal(times[..10].Order(), times[..10]);
        Assert.Equal((0, 1), (times[0], times[9]));
    }

    [Fact]
    public void Hostile_input()
    {
        var pair = FeatureGraph.FromEdges(2, [new Edge(0, 1, 1)]);
        Assert.Equal([-1], DiffusionMap.Of(pair).Eigenvalues.Select(value => Math.Round(value, 12)));
        Assert.Throws<ArgumentOutOfRangeException>(() => DiffusionMap.Of(pair, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => DiffusionMap.Of(pair).Pseudotime(2));
        Assert.Throws<ArgumentException>("graph", () => DiffusionMap.Of(FeatureGraph.FromEdges(1, [])));
        Assert.Throws<ArgumentException>(
            "graph", () => DiffusionMap.Of(FeatureGraph.FromEdges(50, [new Edge(0, 1, 1)])));
    }

    /// <summary>Eigenvalues, vectors and visits from the definition, with dense matrices.</summary>
    private static (double[] Values, double[,] Vectors, double[] Visits) Slow(FeatureGraph graph)
    {
        var n = graph.NodeCount;
        var w = graph.ToAdjacency();
        double[] q = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => w[i, j]))];
        var k = Matrix<double>.Build.Dense(n, n, (i, j) => w[i, j] / q[i] / q[j]);
        double[] z = [.. k.RowSums()];
        var decomposition = Matrix<double>.Build.Dense(n, n, (i, j) => k[i, j] / Math.Sqrt(z[i] * z[j]))
            .Evd(Symmetricity.Symmetric);
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => decomposition.EigenValues[i].Real)];
        var vectors = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) vectors[i, j] = decomposition.EigenVectors[i, order[j]];
        return ([.. order.Select(i => decomposition.EigenValues[i].Real)], vectors, z);
    }
}
