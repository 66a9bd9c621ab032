using Gsr.Analysis.Metrics;
using Gsr.Experiments.OwnData;
using Gsr.SingleCell;
using Gsr.SingleCell.Preparation;
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
            (var cells, var genes, var nodes) = (random.Next(20, 50), random.Next(3, 8), random.Next(1, 5));
            var activations = Random(random, cells, nodes);
            foreach (var matrix in Samples.Both(seed, cells, genes, 0.5))
            {
                var inputs = NetworkInputs.Of(matrix, new() { Kind = ValueKind.Transformed });
                double[,] expected = NodeCorrelation.Of(Doubles(activations), Dense(matrix)),
                    actual = NodeGenes.Of(activations, inputs).Correlations;
                for (var node = 0; node < nodes; node++)
                {
                    for (var gene = 0; gene < inputs.GeneTable.Count; gene++)
                    {
                        var at = matrix.GeneTable.IndexOf(inputs.GeneTable.Names[gene]);
                        Near.Equal(expected[at, node], actual[node, gene], 1e-5);
                    }
                }
            }
        }
    }

    [Fact]
    public void A_node_is_named_by_the_genes_it_goes_with_and_against()
    {
        var genes = new NodeGenes(["Flat", "Weak", "Up", "Down"], new[,]
        {
            { double.NaN, 0.6, 1, -0.99 }, { double.NaN, double.NaN, double.NaN, double.NaN },
        });
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
        var inputs = NetworkInputs.Of(Samples.Both(5, 20, 6, 0.7)[1], new() { Kind = ValueKind.Transformed });
        double[,] expected = NodeGenes.Of(plain, inputs).Correlations,
            actual = NodeGenes.Of(turned, inputs).Correlations;
        for (var gene = 0; gene < inputs.GeneTable.Count; gene++)
            Near.Equal(-expected[0, gene], actual[0, gene], 1e-5);
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
