using Gsr.Analysis;
using Gsr.Analysis.Metrics;
using Gsr.Experiments.ScRnaSeq;

namespace Gsr.Tests.Experiments.ScRnaSeq;

public sealed class ConsensusModulesTests
{
    private const int Cells = 200;

    [Fact]
    public void What_most_networks_share_is_found_whatever_sign_and_scale_it_has_in_each()
    {
        var (first, second) = (Noise(1), Noise(2));
        var found = ConsensusModules.Of([
            Columns(first, Times(-3, second), Times(2, first)), Columns(Times(-2, first), second, first),
            Columns(first, Times(-2, second), Noise(3))]);

        // The noise is of one network alone.
        Assert.Equal([3, 3], found.Networks);
        Assert.Equal([5, 3], found.Neurons);
        Assert.Equal(1, Math.Abs(Correlation(first, found.Signals.Column(0))), 1e-9);
        Assert.Equal(1, Math.Abs(Correlation(second, found.Signals.Column(1))), 1e-9);
        // Standardised: the mean of copies has variance 1.
        Assert.Equal(1, found.Signals.Column(0).Average(value => value * value), 1e-9);
    }

    [Fact]
    public void One_network_has_no_consensus_and_constant_neurons_are_left_out()
    {
        Assert.Empty(ConsensusModules.Of([Columns(Noise(1), Noise(1))]).Networks);
        var constant = new double[Cells];
        Assert.Empty(ConsensusModules.Of([Columns(constant), Columns(constant), Columns(constant)]).Networks);
        Assert.Equal([2], ConsensusModules.Of([Columns(constant, Noise(1)), Columns(Noise(1), constant)]).Networks);
        Assert.Throws<ArgumentException>(() => ConsensusModules.Of([]));
    }

    [Fact]
    public void Networks_whose_neurons_are_copies_have_a_consensus_as_well()
    {
        var first = Noise(1);
        var found = ConsensusModules.Of([.. Enumerable.Range(2, 4).Select(seed =>
        {
            double[] own = [.. first.Zip(Noise(seed), (a, b) => a + b)];
            return Columns(own, Times(-1, own), Times(2, own));
        })]);
        Assert.Equal([4], found.Networks);
        Assert.InRange(Math.Abs(Correlation(first, found.Signals.Column(0))), 0.8, 1);
    }

    [Fact]
    public void Genes_name_a_module_by_correlation_of_either_sign()
    {
        var (first, other) = (Noise(1), Noise(2));
        var found = ConsensusModules.Of([Columns(first), Columns(first)]);
        var genes = Columns(other, Times(-1, found.Signals.Column(0)), new double[Cells]);
        Assert.Equal("-b a", Assert.Single(found.TopGenes(genes, ["a", "b", "c"], 2)).Replace("-a", "a"));
    }

    private static double[] Noise(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Cells).Select(_ => random.NextDouble() - 0.5)];
    }

    private static double[] Times(double factor, double[] values) => [.. values.Select(value => factor * value)];

    private static double[,] Columns(params double[][] columns) =>
        Matrices.Of(Cells, columns.Length, (cell, column) => columns[column][cell]);

    private static double Correlation(double[] a, double[] b) => NodeCorrelation.Of(Columns(a), Columns(b))[0, 0];
}
