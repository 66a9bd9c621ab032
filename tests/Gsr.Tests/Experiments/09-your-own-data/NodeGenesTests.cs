using Gsr.Analysis.Metrics;
using Gsr.Experiments.OwnData;
using Gsr.SingleCell;
using Gsr.Tests.Graphs;
using Gsr.Tests.SingleCell.Preparation;

namespace Gsr.Tests.Experiments.OwnData;

public sealed class NodeGenesTests
{
    [Fact]
    public void Every_correlation_is_that_of_the_dense_columns()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            (var cells, var genes, var nodes) = (random.Next(3, 30), random.Next(1, 8), random.Next(1, 5));
            var activations = Random(random, cells, nodes);
            foreach (var matrix in Samples.Both(seed, cells, genes, 0.5))
            {
                double[,] expected = NodeCorrelation.Of(Doubles(activations), Dense(matrix)),
                    actual = NodeGenes.Of(activations, matrix).Correlations;
                for (var node = 0; node < nodes; node++)
                {
                    for (var gene = 0; gene < genes; gene++)
                        Near.Equal(expected[gene, node], actual[node, gene], 1e-5);
                }
            }
        }
    }

    [Fact]
    public void A_node_is_named_by_the_genes_it_goes_with_and_against()
    {
        var cells = Samples.Of(
            ["Flat", "Weak", "Up", "Down"], [7, 1, 0, 9], [7, 0, 1, 6], [7, 1, 2, 3], [7, 2, 3, 0.5f]);
        var genes = NodeGenes.Of(new float[,] { { 0, 5 }, { 1, 5 }, { 2, 5 }, { 3, 5 } }, cells);
        Assert.Equal(["Up", "Down", "Weak"], genes.Top(0, 10).Select(gene => gene.Gene));
        Near.Equal(1, genes.Top(0)[0].Correlation);
        Assert.Equal("Up −Down", genes.Name(0, 2));
        Assert.Equal("silent", genes.Name(1, 3));
        Assert.Equal(3, genes.Profiles().GetLength(1));
        Assert.Equal(0, genes.Profiles()[1, 0]);
    }

    [Fact]
    public void Scale_of_a_node_says_nothing_and_its_sign_turns_every_correlation()
    {
        float[,] plain = Random(new Random(1), 20, 1), turned = new float[20, 1];
        for (var cell = 0; cell < 20; cell++)
            turned[cell, 0] = 300 - (4 * plain[cell, 0]);
        var cells = Samples.Both(5, 20, 6, 0.7)[1];
        double[,] expected = NodeGenes.Of(plain, cells).Correlations, actual = NodeGenes.Of(turned, cells).Correlations;
        for (var gene = 0; gene < 6; gene++)
            Near.Equal(-expected[0, gene], actual[0, gene], 1e-5);
    }

    [Fact]
    public void Hostile_input_is_named()
    {
        var cells = Samples.Both(5, 3, 2, 0.7)[0];
        Assert.Throws<ArgumentException>("activations", () => NodeGenes.Of(new float[2, 1], cells));
        Assert.Throws<ArgumentException>(
            "activations", () => NodeGenes.Of(new[,] { { float.NaN }, { 1 }, { 2 } }, cells));
        Assert.Throws<ArgumentException>("matrix", () => NodeGenes.Of(new float[1, 1], Samples.Of(["a"], [1f])));
    }

    private static float[,] Random(Random random, int rows, int columns)
    {
        var matrix = new float[rows, columns];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
                matrix[i, j] = random.NextSingle() + (10 * j);
        }
        return matrix;
    }

    private static double[,] Dense(AnnotatedMatrix matrix)
    {
        var dense = new double[matrix.CellCount, matrix.GeneCount];
        for (var cell = 0; cell < matrix.CellCount; cell++)
        {
            for (var gene = 0; gene < matrix.GeneCount; gene++)
                dense[cell, gene] = matrix.Values[cell, gene];
        }
        return dense;
    }

    private static double[,] Doubles(float[,] values)
    {
        var doubles = new double[values.GetLength(0), values.GetLength(1)];
        Array.Copy(values, doubles, values.Length);
        return doubles;
    }
}
