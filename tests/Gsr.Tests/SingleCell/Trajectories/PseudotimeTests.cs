using Gsr.SingleCell.Trajectories;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.SingleCell.Trajectories;

public sealed class PseudotimeTests
{
    [Fact]
    public void It_is_the_distance_of_accumulated_transition_probabilities()
    {
        // Haghverdi et al. sum the walk's powers, M = Σ Tᵗ without the stationary part; rows of M are compared.
        var random = new Random(2);
        const int n = 7;
        var t = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < i; j++) t[i, j] = t[j, i] = random.NextDouble() / (2 * n);
        // Symmetric and doubly stochastic: its eigenvectors are orthonormal, the constant one has eigenvalue 1.
        for (var i = 0; i < n; i++) t[i, i] = 1 - Enumerable.Range(0, n).Where(j => j != i).Sum(j => t[i, j]);
        var decomposition = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfArray(t).Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric);
        var components = new double[n, n - 1];
        for (var k = 0; k < n - 1; k++)
            for (var i = 0; i < n; i++) components[i, k] = decomposition.EigenVectors[i, k];
        var actual = DiffusionPseudotime.Of(components, [.. decomposition.EigenValues.Take(n - 1).Select(v => v.Real)], start: 3);

        var (power, sum) = (t, new double[n, n]);
        for (var step = 0; step < 2000; step++)
        {
            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++) sum[i, j] += power[i, j] - (1.0 / n);
            power = Product(power, t);
        }

        var distances = Enumerable.Range(0, n).Select(i => Math.Sqrt(Enumerable.Range(0, n).Sum(j => Math.Pow(sum[i, j] - sum[3, j], 2)))).ToArray();
        Near.Equal(distances.Select(d => d / distances.Max()), actual, 1e-6);

        static double[,] Product(double[,] a, double[,] b)
        {
            var c = new double[n, n];
            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++)
                    for (var k = 0; k < n; k++) c[i, j] += a[i, k] * b[k, j];
            return c;
        }
    }

    [Fact]
    public void From_cells_it_follows_a_bent_line_whatever_the_density()
    {
        // A spiral of two turns in three dimensions, with ten times as many cells in its middle third.
        var random = new Random(4);
        double[] place = [.. Enumerable.Range(0, 1500).Select(i => i < 1000 ? (1 + random.NextDouble()) / 3 : random.NextDouble())];
        place[7] = 0;
        var cells = new double[1500, 3];
        for (var i = 0; i < 1500; i++)
        {
            var angle = 4 * Math.PI * place[i];
            (cells[i, 0], cells[i, 1], cells[i, 2]) = ((1 + (4 * place[i])) * Math.Cos(angle), (1 + (4 * place[i])) * Math.Sin(angle), 0.02 * random.NextDouble());
        }

        var found = DiffusionPseudotime.OfCells(cells, start: 7);
        Assert.Equal((1500, 3), (found.Components.GetLength(0), found.Components.GetLength(1)));
        Assert.InRange(Gsr.Metrics.RankCorrelation.Spearman(found.Times, place), 0.99, 1);
        Assert.Equal(0, found.Times[7]);
        // The oracle of the eigenvalues: the transition matrix of the same kernel, written out for 200 of the cells.
        Near.Equal(SlowEigenvalues(cells, 200, 15), DiffusionPseudotime.OfCells(First(cells, 200), 7).Eigenvalues, 1e-5);
    }

    [Fact]
    public void Cells_in_two_heaps_are_refused_with_what_to_do()
    {
        var random = new Random(1);
        var cells = new double[60, 2];
        for (var i = 0; i < 60; i++) (cells[i, 0], cells[i, 1]) = ((i < 30 ? 0 : 100) + random.NextDouble(), random.NextDouble());
        var error = Assert.Throws<ArgumentException>(() => DiffusionPseudotime.OfCells(cells, 0, neighbours: 4));
        Assert.Contains("2 pieces", error.Message);
        Assert.Contains("neighbours", error.Message);
        Assert.Equal(60, DiffusionPseudotime.OfCells(cells, 0, neighbours: 35).Times.Length);
    }

    private static double[,] First(double[,] cells, int count)
    {
        var first = new double[count, cells.GetLength(1)];
        Array.Copy(cells, first, first.Length);
        return first;
    }

    private static double[] SlowEigenvalues(double[,] cells, int n, int k)
    {
        double Distance(int i, int j) => Enumerable.Range(0, 3).Sum(a => Math.Pow((float)cells[i, a] - (float)cells[j, a], 2));
        var w = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            var near = Enumerable.Range(0, n).Where(j => j != i).OrderBy(j => Distance(i, j)).Take(k).ToArray();
            foreach (var j in near)
            {
                w[i, j] += Math.Exp(-Distance(i, j) / Distance(i, near[^1])) / 2;
                w[j, i] += Math.Exp(-Distance(i, j) / Distance(i, near[^1])) / 2;
            }
        }

        double Degree(double[,] m, int i) => Enumerable.Range(0, n).Sum(j => m[i, j]);
        var q = Enumerable.Range(0, n).Select(i => Degree(w, i)).ToArray();
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) w[i, j] /= q[i] * q[j];
        var d = Enumerable.Range(0, n).Select(i => Degree(w, i)).ToArray();
        var symmetric = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(n, n, (i, j) => w[i, j] / Math.Sqrt(d[i] * d[j]));
        return [.. symmetric.Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric).EigenValues.Select(v => v.Real).OrderDescending().Skip(1).Take(3)];
    }

    [Fact]
    public void Degenerate_and_hostile_input()
    {
        Assert.Equal([0, 0], DiffusionPseudotime.Of(new double[2, 1], [0.5], 0));
        Assert.Contains("1 eigenvalues and 2 components", Assert.Throws<ArgumentException>(() => DiffusionPseudotime.Of(new double[2, 2], [0.5], 0)).Message);
        Assert.Contains("eigenvalues[0] is 1", Assert.Throws<ArgumentOutOfRangeException>(() => DiffusionPseudotime.Of(new double[2, 1], [1], 0)).Message);
        Assert.Contains("no cell 2; there are 2", Assert.Throws<ArgumentOutOfRangeException>(() => DiffusionPseudotime.Of(new double[2, 1], [0.5], 2)).Message);
        Assert.Contains("components[1, 0] is NaN", Assert.Throws<ArgumentException>(() => DiffusionPseudotime.Of(new[,] { { 0 }, { double.NaN } }, [0.5], 0)).Message);
    }

    [Fact]
    public void The_threshold_is_the_best_of_all_cuts()
    {
        var random = new Random(9);
        for (var round = 0; round < 200; round++)
        {
            float[] values = [.. Enumerable.Range(0, random.Next(2, 25)).Select(_ => (float)random.Next(8))];
            if (values.Distinct().Count() < 2) continue;
            var threshold = MarkerThreshold.Of(values);
            var cuts = values.Distinct().Order().ToArray();
            var best = cuts.Skip(1).Max(Between);
            Near.Equal(best, Between((float)threshold));
            Assert.DoesNotContain((float)threshold, values.Where(v => v != threshold));

            double Between(float cut)
            {
                var (low, high) = (values.Where(v => v < cut).ToArray(), values.Where(v => v >= cut).ToArray());
                return low.Length * (double)high.Length * Math.Pow(low.Average(v => (double)v) - high.Average(v => (double)v), 2);
            }
        }

        Assert.Equal(4.5, MarkerThreshold.Of([0, 0.1f, 8.9f, 9, 0.2f, 0.1f, 8.8f]), 1);
        Assert.Contains("without two different", Assert.Throws<ArgumentException>(() => MarkerThreshold.Of([2, 2])).Message);
        Assert.Throws<ArgumentException>(() => MarkerThreshold.Of([]));
        Assert.Throws<ArgumentException>(() => MarkerThreshold.Of([1, float.NaN]));
    }

    [Fact]
    public void A_single_positive_cell_is_on_a_branch_only_if_it_is_late()
    {
        // Times: none, CD8 early, both (median at .6), then CD8 alone, CD4 alone, and a late cell with neither.
        double[] times = [0, 0.2, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
        float[] cd8 = [0, 5, 5, 5, 5, 5, 0, 0], cd4 = [0, 0, 5, 5, 5, 0, 5, 0];
        Assert.Equal([1, 1, 1, 1, 1, 2, 3, 1], SinglePositiveBranches.Of(times, cd8, cd4));
        Assert.Contains("No cell has both", Assert.Throws<ArgumentException>(() => SinglePositiveBranches.Of([0, 1], [0, 5], [5, 0])).Message);
        Assert.Contains("second holds 1", Assert.Throws<ArgumentException>(() => SinglePositiveBranches.Of([0, 1], [0, 5], [5])).Message);
    }
}
