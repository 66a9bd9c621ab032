using Gsr.SingleCell;
using Gsr.SingleCell.Preparation;
using Gsr.SingleCell.Simulation;

namespace Gsr.Tests.SingleCell.Preparation;

public sealed class NetworkInputsTests
{
    private static readonly AnnotatedMatrix Counts = SyntheticCells.Generate(
        new() { Cells = 150, Groups = 2, BackgroundGenes = 60, Seed = 100 });

    [Fact]
    public void The_kind_of_values_is_detected()
    {
        Assert.Equal(ValueKind.Counts, ValueKinds.Detect(Samples.Of(["a"], [0], [3])));
        Assert.Equal(ValueKind.Transformed, ValueKinds.Detect(Samples.Of(["a"], [0], [0.5f])));
        Assert.Equal(ValueKind.Transformed, ValueKinds.Detect(Samples.Of(["a"], [-1], [3])));
        Assert.Equal(ValueKind.Intensities, ValueKinds.Detect(Cytometer([[1], [300]])));
        Assert.Equal(ValueKind.Transformed, ValueKinds.Detect(Cytometer([[1], [7]])));
        Assert.Contains(
            "gene 'a'", Assert.Throws<ArgumentException>(() => ValueKinds.Detect(Samples.Of(["a"], [float.NaN])))
                .Message);
    }

    [Fact]
    public void Counts_become_components_of_log_normalised_variable_genes_of_mean_square_1()
    {
        var inputs = NetworkInputs.Of(
            Counts, new NetworkInputOptions { VariableGenes = 80, Components = 5 });
        var pca = Pca.Fit(Counts.FilterGenes(minCells: 3).NormalizeTotal().Log1p().FindHighlyVariableGenes(80)
            .SelectHighlyVariableGenes(), 5);
        Assert.Equal(ValueKind.Counts, inputs.Kind);
        Assert.Equal(5, inputs.Matrix.GetLength(1));
        var factor = inputs.Matrix[0, 0] / pca.Scores[0, 0];
        Samples.Near(pca.Scores.Cast<double>().Select(score => score * factor), Values(inputs.Matrix), 1e-5);
        Assert.Equal(1, Values(inputs.Matrix).Average(value => value * value), 1e-5);
        Assert.Contains(inputs.Steps, step => step.Contains("5 principal components", StringComparison.Ordinal));
    }

    [Fact]
    public void Products_of_many_genes_give_the_components_of_the_matrix()
    {
        // More than a thousand genes, whose eigenvectors are sought by products, and more cells than genes: in several
        // blocks, dense and sparse ones.
        foreach (var density in new[] { 0.1, 0.5 })
        {
            var values = RandomMatrix.Dense(new Random(3), 1300, 1100, density).ToArray();
            for (var cell = 0; cell < 1300; cell++)
            {
                for (var gene = 0; gene < 60; gene++)
                    values[(cell * 1100) + (60 * (cell % 8)) + gene] += 20 + (cell % 8);
            }
            var matrix = RandomMatrix.Annotated(
                RandomMatrix.Sparse(new DenseMatrix(1300, 1100, values)));
            Assert.True(matrix.Values.BlockRows < 1300 || density < 0.3, "it is no test of several blocks");
            var inputs = NetworkInputs.Of(matrix, new() { Kind = ValueKind.Transformed, Components = 6 });
            var pca = Pca.Fit(matrix, 6);
            var factor = Math.Sqrt(pca.Scores.Length / pca.Scores.Cast<double>().Sum(score => score * score));
            Samples.Near(pca.Scores.Cast<double>().Select(score => score * factor), Values(inputs.Matrix), 1e-5);
        }
    }

    [Fact]
    public void Poor_and_dying_cells_are_left_out()
    {
        float[][] cells = [
            .. Enumerable.Range(0, 30)
                .Select(i => new float[] { 3, 1 + (i % 4), 2 + (i % 3), 1, i % 5, 4, 2, 1, 1, 1 })];
        cells[3] = [3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        cells[7] = [1, 1, 1, 1, 1, 1, 1, 1, 1, 40];
        var read = Samples.Of(["a", "b", "c", "d", "e", "f", "g", "h", "i", "mt-Co1"], cells);
        var inputs = NetworkInputs.Of(read);
        Assert.Equal([3, 7], Enumerable.Range(0, 30).Where(cell => !inputs.Kept[cell]));
        Assert.Equal(28, inputs.CellTable.Count);
        Assert.Equal(28, inputs.Matrix.GetLength(0));
        Assert.Equal((30, 3), (inputs.Quality.Count, inputs.Quality.Numbers("total_counts")[3]));
        Assert.All(NetworkInputs.Of(read, new() { MinGenes = 0, MaxMitochondrialPercent = 100 }).Kept, Assert.True);
    }

    [Fact]
    public void Few_channels_are_standardised_one_by_one_and_intensities_put_on_their_scale()
    {
        var random = new Random(1);
        float[][] values = [
            .. Enumerable.Range(0, 40)
                .Select(_ => new[] { (float)(1000 * random.NextDouble()), (float)random.NextDouble(), 5 })];
        var inputs = NetworkInputs.Of(Cytometer(values), new() { Cofactor = 150 });
        Assert.Equal(ValueKind.Intensities, inputs.Kind);
        Assert.Equal(2, inputs.Matrix.GetLength(1));
        Assert.Equal(Math.Asinh(values[4][0] / 150), inputs.Expression(["CD0"])[4, 0], 1e-5);
        double[] expected = [.. values.Select(cell => Math.Asinh(cell[0] / 150))],
            actual = [.. Enumerable.Range(0, 40).Select(cell => inputs.Matrix[cell, 0])];
        double mean = expected.Average(), sd = Math.Sqrt(expected.Average(v => (v - mean) * (v - mean)));
        Samples.Near(expected.Select(v => (v - mean) / sd), actual, 1e-5);
        Assert.Equal(
            ValueKind.Transformed, NetworkInputs.Of(Cytometer(values), new() { Kind = ValueKind.Transformed }).Kind);
    }

    [Fact]
    public void Hostile_input_is_named()
    {
        Assert.Contains(
            "3 cells", Assert.Throws<ArgumentException>(
                () => NetworkInputs.Of(Samples.Of(["a", "b"], [1, 2], [2, 1], [3, 3]))).Message);
        var constant = Samples.Of(
            ["a", "b"], [.. Enumerable.Range(0, 30).Select(_ => new float[] { 1.5f, 2 })]);
        Assert.Contains("0 varying genes", Assert.Throws<ArgumentException>(() => NetworkInputs.Of(constant)).Message);
        var negative = Samples.Of(
            ["a", "b"], [.. Enumerable.Range(0, 30).Select(i => new float[] { -i, i })]);
        Assert.Contains(
            "choose the kind Transformed", Assert.Throws<ArgumentException>(
                () => NetworkInputs.Of(negative, new() { Kind = ValueKind.Counts })).Message);
        Assert.Throws<ArgumentException>(
            "NetworkInputOptions.Components", () => NetworkInputs.Of(Counts, new() { Components = 0 }));
        Assert.Throws<ArgumentException>(
            "NetworkInputOptions.Cofactor", () => NetworkInputs.Of(Counts, new() { Cofactor = -1 }));
        Assert.Throws<ArgumentException>(
            "NetworkInputOptions.MaxMitochondrialPercent", () =>
                NetworkInputs.Of(Counts, new() { MaxMitochondrialPercent = double.NaN }));
    }

    internal static IEnumerable<double> Values(float[,] matrix) => matrix.Cast<float>().Select(value => (double)value);

    private static float[] Column(float[,] matrix, int column) =>
        [.. Enumerable.Range(0, matrix.GetLength(0)).Select(cell => matrix[cell, column])];

    private static AnnotatedMatrix Cytometer(float[][] cells)
    {
        var matrix = Samples.Of([.. cells[0].Select((_, i) => $"CD{i}")], cells);
        return new AnnotatedMatrix(matrix.Values, matrix.CellTable, matrix.GeneTable)
        {
            Metadata = new Dictionary<string, string> { ["format"] = "FCS3.1" }
        };
    }
}
