using Gsr.SingleCell;
using Gsr.SingleCell.Preparation;
using Gsr.SingleCell.Reading;
using Gsr.SingleCell.Simulation;
using MathNet.Numerics.LinearAlgebra;

namespace Gsr.Tests.SingleCell.Preparation;

public sealed class PcaTests
{
    public static readonly TheoryData<int, int, PcaSolver> Shapes = new()
    {
        { 30, 80, PcaSolver.Exact }, { 80, 30, PcaSolver.Exact }, { 40, 40, PcaSolver.Exact },
        { 150, 400, PcaSolver.Krylov }, { 400, 150, PcaSolver.Krylov }, { 60, 60, PcaSolver.Krylov },
            { 80, 30, PcaSolver.Auto },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Agrees_with_a_dense_decomposition(int cells, int genes, PcaSolver solver)
    {
        var count = 10;
        foreach (var matrix in Samples.Both(cells + genes, cells, genes, .3))
        {
            var (singular, u, v) = Slow(matrix);
            var pca = Pca.Fit(matrix, count, solver, seed: 5);
            var total = singular.Sum(s => s * s) / (cells - 1);
            Assert.Equal(total, pca.TotalVariance, 1e-10 * total);
            Samples.Near(singular.Take(count).Select(s => s * s / (cells - 1)), pca.Variances, 1e-11 * total);
            Samples.Near(singular.Take(count).Select(s => s * s / (cells - 1) / total), pca.VarianceRatios, 1e-11);
            for (var k = 0; k < count; k++)
            {
                // Either sign of the oracle; which one it is here is looked at below.
                double sign = Math.Sign(Enumerable.Range(0, genes).Sum(g => v[g, k] * pca.Loadings[g, k]));
                Samples.Near(Enumerable.Range(0, genes).Select(g => sign * v[g, k]), Column(pca.Loadings, k), 1e-6);
                Samples.Near(Enumerable.Range(0, cells)
                    .Select(c => sign * u[c, k] * singular[k]), Column(pca.Scores, k), 1e-6 * singular[0]);
                Assert.True(Column(pca.Loadings, k).MaxBy(Math.Abs) > 0);
            }
            Assert.InRange(pca.Residual, 0, 1e-9);
        }
    }

    [Theory]
    [InlineData(PcaSolver.Exact)]
    [InlineData(PcaSolver.Krylov)]
    [InlineData(PcaSolver.Randomised)]
    public void Scores_and_loadings_rebuild_the_centred_values(PcaSolver solver)
    {
        foreach (var matrix in Samples.Both(9, 25, 14, .5))
        {
            var pca = Pca.Fit(matrix, 14, solver);
            for (var cell = 0; cell < 25; cell++)
            {
                for (var gene = 0; gene < 14; gene++)
                {
                    var rebuilt = pca.Means[gene] + Enumerable.Range(0, 14)
                        .Sum(k => pca.Scores[cell, k] * pca.Loadings[gene, k]);
                    Assert.Equal(matrix.Values[cell, gene], rebuilt, 1e-8);
                }
            }
            Assert.Equal(1, pca.VarianceRatios.Sum(), 1e-12);
            for (var a = 0; a < 14; a++)
            {
                for (var b = 0; b < 14; b++)
                    Assert.Equal(a == b ? 1
                        : 0, Column(pca.Loadings, a).Zip(Column(pca.Loadings, b), (x, y) => x * y).Sum(), 1e-9);
            }
        }
    }

    [Fact]
    public void Both_solvers_agree_on_a_spectrum_that_hardly_falls()
    {
        // Noise alone has no gaps: the hard case of an iterative method.
        var matrix = Samples.Both(4, 700, 500, .1)[1];
        PcaResult exact = Pca.Fit(matrix, 60, PcaSolver.Exact), krylov = Pca.Fit(matrix, 60, PcaSolver.Krylov);
        Samples.Near(exact.Variances, krylov.Variances, 1e-9 * exact.Variances[0]);
        for (var k = 0; k < 60; k++)
            Samples.Near(Column(exact.Scores, k), Column(krylov.Scores, k), 1e-4);
    }

    [Fact]
    public void The_randomised_solver_finds_what_stands_out()
    {
        var matrix = SyntheticCells.Generate(new() { Cells = 400, Groups = 5, FoldChange = 10 })
            .NormalizeTotal().Log1p();
        foreach (
            var form in (AnnotatedMatrix[])[
                matrix, matrix.WithValues(
                    new DenseMatrix(matrix.CellCount, matrix.GeneCount, matrix.Values.ToArray()))])
        {
            PcaResult exact = Pca.Fit(form, 40, PcaSolver.Exact), quick = Pca.Fit(form, 40, PcaSolver.Randomised);
            Samples.Near(exact.Variances.Take(4), quick.Variances.Take(4), 1e-8 * exact.Variances[0]);
            for (var k = 0; k < 4; k++)
                Samples.Near(Column(exact.Scores, k), Column(quick.Scores, k), 1e-3);
            // By Courant and Fischer none is above its true value; in the noise floor they stay within some percent.
            for (var k = 4; k < 40; k++)
                Assert.InRange(quick.Variances[k], .93 * exact.Variances[k], exact.Variances[k] * (1 + 1e-9));
            Assert.InRange(quick.Residual, 1e-9, .05);
        }
    }

    [Fact]
    public void Many_components_agree_too()
    {
        // Blocks of more columns than are summed at once, and of what is left of them.
        var matrix = Samples.Both(3, 260, 200, .2)[1];
        PcaResult exact = Pca.Fit(matrix, 190, PcaSolver.Exact), quick = Pca.Fit(matrix, 190, PcaSolver.Randomised);
        Samples.Near(exact.Variances, quick.Variances, 1e-9 * exact.Variances[0]);
    }

    [Theory]
    [InlineData(PcaSolver.Exact)]
    [InlineData(PcaSolver.Krylov)]
    [InlineData(PcaSolver.Randomised)]
    public void Beyond_the_rank_there_is_nothing(PcaSolver solver)
    {
        // Three distinct cells, of which the third is the mean of the others: rank 1.
        float[][] three = [[1, 2, 0, 4, 0, 0], [3, 0, 0, 4, 2, 0], [2, 1, 0, 4, 1, 0]];
        var matrix = Samples.Of(
            ["a", "b", "c", "d", "e", "f"], [.. Enumerable.Range(0, 12).Select(i => three[i % 3])]);
        foreach (var form in (AnnotatedMatrix[])[matrix, matrix.Sparse()])
        {
            var pca = Pca.Fit(form, 4, solver);
            // The differences (±1, ∓1, ±1) have squared length 3, in 8 of 12 cells.
            Samples.Near([24 / 11.0, 0, 0, 0], pca.Variances, 1e-12);
            Samples.Near([1, 0, 0, 0], pca.VarianceRatios, 1e-12);
            Assert.All(Column(pca.Loadings, 1), loading => Assert.Equal(0, loading));
            Assert.All(Column(pca.Scores, 3), score => Assert.Equal(0, score, 1e-12));
            var third = 1 / Math.Sqrt(3);
            Samples.Near([third, third, 0, 0, third, 0], Column(pca.Loadings, 0).Select(Math.Abs), 1e-12);
        }
    }

    [Fact]
    public void Constant_data_has_no_variance()
    {
        var constant = Samples.Of(["a", "b", "c"], [1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 2, 3]);
        foreach (var form in (AnnotatedMatrix[])[constant, constant.Sparse()])
        {
            var pca = Pca.Fit(form);
            Assert.Equal(2, pca.Components);
            Assert.All(pca.Variances.Concat(pca.VarianceRatios), value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void Seeds_and_forms_agree()
    {
        var both = Samples.Both(8, 200, 120, .2);
        var first = Pca.Fit(both[1], 8, PcaSolver.Krylov, 1);
        Assert.Equal(first.Scores.Cast<double>(), Pca.Fit(both[1], 8, PcaSolver.Krylov, 1).Scores.Cast<double>());
        Samples.Near(first.Scores.Cast<double>(), Pca.Fit(both[1], 8, PcaSolver.Krylov, 2).Scores.Cast<double>(), 1e-5);
        Samples.Near(first.Scores.Cast<double>(), Pca.Fit(both[0], 8, PcaSolver.Exact).Scores.Cast<double>(), 1e-5);
    }

    [Fact]
    public void Agrees_with_scanpy_on_pbmc68k()
    {
        // X_pca was computed by scanpy of the genes marked as highly variable, from values that the file holds rounded
        // to three digits.
        var cells = SingleCellFile.Read(
            Samples.RealFile("scrnaseq/pbmc68k-reduced/10x_pbmc68k_reduced.h5ad"));
        var pca = Pca.Fit(cells.SelectHighlyVariableGenes(), 50);
        var theirs = cells.CellArrays["X_pca"];
        for (var k = 0; k < 10; k++)
        {
            var correlation = MathNet.Numerics.Statistics.Correlation.Pearson(
                Column(pca.Scores, k), theirs.ColumnOf(k));
            Assert.True(
                Math.Abs(correlation) > .999,
                $"component {k}: {correlation}, variance {pca.Variances[k]} for {theirs.ColumnOf(k).Variance()}");
        }
    }

    [Fact]
    public void Hostile_input()
    {
        var matrix = Samples.Both(2, 6, 5, .5)[0];
        Assert.Throws<ArgumentOutOfRangeException>("components", () => Pca.Fit(matrix, 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pca.Fit(matrix, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pca.Fit(matrix, 2, (PcaSolver)9));
        Assert.Throws<ArgumentException>(() => Pca.Fit(matrix.SelectCells([1])));
        Assert.Throws<ArgumentException>(() => Pca.Fit(matrix.SelectGenes([])));
        Assert.Contains("gene 'b'", Assert.Throws<ArgumentException>(
            () => Pca.Fit(Samples.Of(["a", "b"], [1, 2], [1, float.PositiveInfinity]))).Message);
    }

    private static double[] Column(double[,] matrix, int column) =>
        [.. Enumerable.Range(0, matrix.GetLength(0)).Select(row => matrix[row, column])];

    private static (double[] Singular, double[,] U, double[,] V) Slow(AnnotatedMatrix matrix)
    {
        var dense = Matrix<double>.Build.Dense(matrix.CellCount, matrix.GeneCount, (i, j) => matrix.Values[i, j]);
        var means = dense.ColumnSums() / matrix.CellCount;
        var svd = Matrix<double>.Build.Dense(matrix.CellCount, matrix.GeneCount, (i, j) => dense[i, j] - means[j])
            .Svd();
        return ([.. svd.S], svd.U.ToArray(), svd.VT.Transpose().ToArray());
    }
}
