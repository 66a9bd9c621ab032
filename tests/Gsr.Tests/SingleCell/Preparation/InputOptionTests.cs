using Gsr.SingleCell;
using Gsr.SingleCell.Preparation;
using Gsr.SingleCell.Simulation;

namespace Gsr.Tests.SingleCell.Preparation;

/// <summary>What a user can say of cells, genes and batches, and what a wrong name is answered with.</summary>
public sealed class InputOptionTests
{
    private static readonly AnnotatedMatrix Counts = SyntheticCells.Generate(
        new() { Cells = 200, Groups = 2, BackgroundGenes = 80, Seed = 3 });

    private static readonly string[] Types = [.. Counts.CellTable.Text("cell_type").Distinct()!];

    [Fact]
    public void A_subset_is_prepared_as_if_the_file_held_no_other_cells()
    {
        var types = Counts.CellTable.Text("cell_type");
        int[] own = [.. Enumerable.Range(0, 200).Where(cell => types[cell] == Types[0])];
        NetworkInputs subset = NetworkInputs.Of(Counts, new() { Subset = ("cell_type", Types[0]) }),
            alone = NetworkInputs.Of(Counts.SelectCells(own));
        Assert.Equal(alone.CellTable.Names, subset.CellTable.Names);
        Assert.Equal(alone.GeneTable.Names, subset.GeneTable.Names);
        Samples.Near(NetworkInputsTests.Values(alone.Matrix), NetworkInputsTests.Values(subset.Matrix), 1e-5);
        Assert.Equal((200, own.Length), (subset.Kept.Count, subset.Kept.Count(kept => kept)));
        Assert.Contains(subset.Steps, step => step.StartsWith($"{own.Length} of 200 cells", StringComparison.Ordinal));
        Assert.Equal(200 - own.Length, subset.Quality.Numbers("total_counts").Count(double.IsNaN));
    }

    [Fact]
    public void Features_restrict_the_inputs_and_leave_the_genes_that_nodes_are_named_by()
    {
        string[] wanted = [.. Counts.GeneTable.Names.Take(60)];
        NetworkInputs all = NetworkInputs.Of(Counts), some = NetworkInputs.Of(Counts, new() { Features = wanted });
        Assert.Equal(all.GeneTable.Names, some.GeneTable.Names);
        Assert.Equal(some.GeneTable.Names.Where((_, i) => some.GeneTable.Numbers("highly_variable")[i] == 1),
            wanted.Intersect(some.GeneTable.Names));
        Assert.Equal(all.Expression([wanted[3]]), some.Expression([wanted[3]]));
        var few = NetworkInputs.Of(Counts, new() { Features = [.. wanted.Take(5)] });
        Assert.Equal(5, few.Matrix.GetLength(1));
    }

    [Fact]
    public void Of_a_cytometer_the_markers_are_inputs_and_other_channels_columns_of_the_cells()
    {
        var read = Cytometer();
        var inputs = NetworkInputs.Of(read);
        Assert.Equal(["CD3", "CD4"], inputs.GeneTable.Names);
        Assert.Equal(2, inputs.Matrix.GetLength(1));
        Assert.Equal(read.Values.Column(0).Select(value => (double)value), inputs.CellTable.Numbers("Time"));
        Assert.Contains(inputs.Steps, step => step.Contains("Time", StringComparison.Ordinal));
        // By the channel's name as by the marker's.
        Assert.Equal(["Time", "CD4"],
            NetworkInputs.Of(read, new() { Features = ["Time", "B510-A"] }).GeneTable.Names);
    }

    [Fact]
    public void Batches_are_centred_and_what_they_explained_is_said()
    {
        var random = new Random(1);
        float[][] values = [.. Enumerable.Range(0, 100).Select(cell =>
            Enumerable.Range(0, 8).Select(_ => (cell % 2 * 3) + random.NextSingle()).ToArray())];
        var read = Samples.Of([.. "abcdefgh".Select(c => $"{c}")], values)
            .WithCellColumn("run", Enumerable.Range(0, 100).Select(cell => cell % 2 == 0 ? "one" : "two").ToArray());
        NetworkInputs without = NetworkInputs.Of(read), centred = NetworkInputs.Of(read, new() { Batch = "run" });
        Assert.Null(without.BatchShare);
        Assert.InRange(centred.BatchShare!.Value, 0.9, 1);
        Assert.Equal(0, Enumerable.Range(0, 50).Average(i => centred.Matrix[2 * i, 3]), 1e-5);
        Assert.Equal(0, Enumerable.Range(0, 50).Average(i => centred.Matrix[(2 * i) + 1, 3]), 1e-5);
        Assert.Equal(1, NetworkInputsTests.Values(centred.Matrix).Average(value => value * value), 1e-5);
        Assert.Contains(centred.Steps, step => step.Contains("'run'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sample_is_random_stated_and_the_same_for_a_seed()
    {
        NetworkInputs first = NetworkInputs.Of(Counts, new() { MaxCells = 60, Seed = 1 }),
            again = NetworkInputs.Of(Counts, new() { MaxCells = 60, Seed = 1 }),
            other = NetworkInputs.Of(Counts, new() { MaxCells = 60, Seed = 2 });
        Assert.Equal((60, 60), (first.CellTable.Count, first.Matrix.GetLength(0)));
        Assert.Equal(first.CellTable.Names, again.CellTable.Names);
        Assert.NotEqual(first.CellTable.Names, other.CellTable.Names);
        Assert.Contains(first.Steps, step => step.Contains("random sample of 60", StringComparison.Ordinal));
        Assert.Equal(200, NetworkInputs.Of(Counts, new() { MaxCells = 5000 }).CellTable.Count);
    }

    [Fact]
    public void Empty_droplets_of_a_raw_matrix_do_not_pass_for_cells()
    {
        const int Cells = 223, Barcodes = 83_683, Genes = 300;
        var (matrix, isCell) = Raw(Cells, Barcodes, Genes);
        var inputs = NetworkInputs.Of(matrix);
        var found = inputs.Kept.Count(kept => kept);
        Assert.InRange(found, Cells - 5, Cells + 25);
        Assert.True(isCell.Zip(inputs.Kept).Count(pair => pair.First && pair.Second) >= Cells - 5);
        Assert.Contains(inputs.Steps, step => step.Contains("knee", StringComparison.Ordinal));
        // Said otherwise, it is done otherwise.
        var asked = NetworkInputs.Of(matrix, new() { MinGenes = 40 });
        Assert.DoesNotContain(asked.Steps, step => step.Contains("knee", StringComparison.Ordinal));
    }

    [Fact]
    public void Cells_of_one_or_two_depths_have_no_knee()
    {
        var random = new Random(5);
        Assert.Null(BarcodeRanks.Knee(Enumerable.Range(0, 3000).Select(_ => Math.Exp(7 + random.NextDouble()))));
        // Large cells among small ones; a panel of few genes.
        Assert.Null(BarcodeRanks.Knee(
            Enumerable.Range(0, 3000).Select(i => (i < 300 ? 20_000 : 1_500) * (0.5 + random.NextDouble()))));
        Assert.Null(BarcodeRanks.Knee(Enumerable.Range(0, 3000).Select(_ => 60 * Math.Exp(random.NextDouble()))));
        Assert.Null(BarcodeRanks.Knee([]));
    }

    [Fact]
    public void A_wrong_name_lists_the_choices()
    {
        Names("Subset", "cell_type", new() { Subset = ("celltype", "x") });
        Names("Subset", Types[1], new() { Subset = ("cell_type", "nothing") });
        Names("Batch", "cell_type", new() { Batch = "donor" });
        var gene = Counts.GeneTable.Names[0];
        Names("Features", gene, new() { Features = [gene.ToUpperInvariant()] });
        Names("Features", "empty", new() { Features = [] });
        Names("MaxCells", "20", new() { MaxCells = 3 });
        var one = Counts.WithCellColumn("run", new string[200].Select(_ => "a").ToArray());
        Assert.Throws<ArgumentException>(
            "NetworkInputOptions.Batch", () => NetworkInputs.Of(one, new() { Batch = "run" }));
        Assert.Throws<ArgumentException>("NetworkInputOptions.Batch", () => NetworkInputs.Of(
            Counts.WithCellColumn("id", Counts.CellTable.Names.ToArray()), new() { Batch = "id" }));

        static void Names(string option, string choice, NetworkInputOptions options) => Assert.Contains(choice,
            Assert.Throws<ArgumentException>($"NetworkInputOptions.{option}", () => NetworkInputs.Of(Counts, options))
                .Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Genes_come_in_batches_from_blocks_each_cell_once_in_an_epoch()
    {
        var inputs = NetworkInputs.Of(Counts, new() { VariableGenes = 70 });
        var isChosen = inputs.GeneTable.Numbers("highly_variable");
        string[] chosen = [.. inputs.GeneTable.Names.Where((_, i) => isChosen[i] == 1)];
        var values = inputs.Expression(chosen);
        using var batches = inputs.GeneBatches(batchSize: 64, seed: 1);
        Assert.Equal(4, batches.BatchesPerEpoch);
        double[] expected = [.. Enumerable.Range(0, 200).Select(cell => Sum(values, cell)).Order()];
        double[]? firstEpoch = null;
        for (var epoch = 0; epoch < 2; epoch++)
        {
            List<double> sums = [];
            double squares = 0;
            foreach (var size in (int[])[64, 64, 64, 8])
            {
                using var batch = Assert.Single(batches.Next());
                Assert.Equal([size, chosen.Length], batch.shape);
                var rows = batch.data<float>().ToArray();
                squares += rows.Sum(value => (double)value * value);
                sums.AddRange(rows.Chunk(chosen.Length).Select(row => row.Sum(value => (double)value)));
            }
            Assert.Equal(1, squares / (200 * chosen.Length), 1e-4);
            // The same cells, up to a shift and one factor, in another order.
            double[] sorted = [.. sums.Order()];
            var factor = (sorted[^1] - sorted[0]) / (expected[^1] - expected[0]);
            Samples.Near(expected.Select(sum => (sum - expected[0]) * factor), sorted.Select(s => s - sorted[0]), 1e-2);
            if (firstEpoch is not null) Assert.NotEqual(firstEpoch, sums);
            firstEpoch = [.. sums];
        }

        static double Sum(float[,] matrix, int row) =>
            Enumerable.Range(0, matrix.GetLength(1)).Sum(column => (double)matrix[row, column]);
    }

    [Fact]
    public void Correlations_are_those_of_plain_sums()
    {
        var inputs = NetworkInputs.Of(Counts);
        var activations = new float[200, 3];
        for (var cell = 0; cell < 200; cell++)
            (activations[cell, 0], activations[cell, 1]) = (inputs.Matrix[cell, 0], cell);
        var found = inputs.Correlations(activations);
        var gene = inputs.Expression([inputs.GeneTable.Names[9]]);
        double[] x = [.. Enumerable.Range(0, 200).Select(cell => (double)activations[cell, 0])],
            y = [.. Enumerable.Range(0, 200).Select(cell => (double)gene[cell, 0])];
        double mx = x.Average(), my = y.Average();
        var expected = x.Zip(y).Sum(pair => (pair.First - mx) * (pair.Second - my))
            / Math.Sqrt(x.Sum(v => (v - mx) * (v - mx)) * y.Sum(v => (v - my) * (v - my)));
        Assert.Equal(expected, found[0, 9], 1e-6);
        Assert.True(double.IsNaN(found[2, 9]), "a constant node has no correlation");
        Assert.Throws<ArgumentException>("activations", () => inputs.Correlations(new float[3, 2]));
        activations[5, 1] = float.NaN;
        Assert.Throws<ArgumentException>("activations", () => inputs.Correlations(activations));
        Assert.Throws<KeyNotFoundException>(() => inputs.Expression(["no such gene"]));
    }

    private static AnnotatedMatrix Cytometer()
    {
        var random = new Random(2);
        float[][] values = [.. Enumerable.Range(0, 40).Select(i =>
            new[] { i, 500 * random.NextSingle(), 300 * random.NextSingle(), 1000 * random.NextSingle() })];
        var read = Samples.Of(["Time", "CD3", "CD4", "FSC-A"], values)
            .WithGeneColumn("marker", [false, true, true, false])
            .WithGeneColumn("channel", ["Time", "B450-A", "B510-A", "FSC-A"]);
        return new AnnotatedMatrix(read.Values, read.CellTable, read.GeneTable)
        {
            Metadata = new Dictionary<string, string> { ["format"] = "FCS3.1" }
        };
    }

    // Cells of about 2,000 counts, and empty droplets of a few, at most 60, in the proportions of an ambient soup.
    private static (AnnotatedMatrix Matrix, bool[] IsCell) Raw(int cells, int barcodes, int genes)
    {
        var random = new Random(7);
        List<int> pointers = [0], columns = [];
        List<float> values = [];
        var isCell = new bool[barcodes];
        for (var i = 0; i < cells; i++) isCell[random.Next(barcodes)] = true;
        for (var i = 0; isCell.Count(own => own) < cells; i++) isCell[i] = true;
        for (var barcode = 0; barcode < barcodes; barcode++)
        {
            var level = isCell[barcode] ? 6 + (4 * random.NextDouble()) : 0;
            var ambient = Math.Pow(random.NextDouble(), 3) * 0.15;
            for (var gene = 0; gene < genes; gene++)
            {
                var count = isCell[barcode] ? random.Next((int)(2 * level)) : random.NextDouble() < ambient ? 1 : 0;
                if (count == 0) continue;
                columns.Add(gene);
                values.Add(count);
            }
            pointers.Add(columns.Count);
        }
        return (RandomMatrix.Annotated(
            new SparseMatrix(barcodes, genes, [.. pointers], [.. columns], [.. values])), isCell);
    }
}
