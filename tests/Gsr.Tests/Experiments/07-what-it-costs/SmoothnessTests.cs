using Gsr.Experiments.Costs;
using Gsr.Graphs;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.Costs;

public class SmoothnessTests
{
    [Fact]
    public void RayleighQuotientIsTheLaplaciansAndWithinItsSpectrum() => GraphSample.Check(sample =>
    {
        double quotient = Smoothness.RayleighQuotient(sample.Graph, sample.Signal);
        Near.Equal(sample.Graph.Laplacian().RayleighQuotient(sample.Signal), quotient);
        Assert.InRange(quotient, 0, sample.Graph.Laplacian().Spectrum().Eigenvalues[^1] + 1e-9);
    });

    [Fact]
    public void TotalVariationAgreesWithTheDoubleLoop() => GraphSample.Check(sample =>
    {
        double[,] w = sample.Graph.ToAdjacency();
        double expected = 0;
        for (int i = 0; i < sample.Nodes; i++)
        {
            for (int j = 0; j < i; j++)
                expected += w[i, j] * Math.Abs(sample.Signal[i] - sample.Signal[j]);
        }
        Near.Equal(expected, Smoothness.TotalVariation(sample.Graph, sample.Signal));
    });

    [Fact]
    public void ConcentrationGrowsFromTheMeanToOne() => GraphSample.Check(sample =>
    {
        var spectrum = sample.Graph.Laplacian().Spectrum();
        double before = 0;
        for (int lowest = 1; lowest <= sample.Nodes; lowest++)
        {
            double share = Smoothness.SpectralConcentration(spectrum, sample.Signal, lowest);
            Assert.True(share >= before);
            before = share;
        }
        Near.Equal(1, before);
    });

    [Fact]
    public void PerfectAndWorthlessSignals()
    {
        var path = FeatureGraph.Path(8);
        var spectrum = path.Laplacian().Spectrum();
        double[] slow = [.. Enumerable.Range(0, 8).Select(i => 5 + Math.Cos(Math.PI * (i + 0.5) / 8))];
        double[] fast = [.. Enumerable.Range(0, 8).Select(i => Math.Cos(Math.PI * 7 * (i + 0.5) / 8))];
        Near.Equal(1, Smoothness.SpectralConcentration(spectrum, slow, 2));
        Near.Equal(0, Smoothness.SpectralConcentration(spectrum, fast, 7));
        Near.Equal(4 * Math.Pow(Math.Sin(Math.PI * 7 / 16), 2), Smoothness.RayleighQuotient(path, fast));
        Near.Equal(2, Smoothness.TotalVariation(path, [1, 1, 1, 3, 3, 3, 3, 3]));
    }

    [Fact]
    public void DegenerateSignalsHaveTheirDocumentedValues()
    {
        var path = FeatureGraph.Path(3);
        var spectrum = path.Laplacian().Spectrum();
        Assert.Equal(0, Smoothness.RayleighQuotient(path, [2, 2, 2]));
        Assert.True(double.IsNaN(Smoothness.RayleighQuotient(path, [0, 0, 0])));
        Assert.Equal(0, Smoothness.TotalVariation(path, [2, 2, 2]));
        Assert.Equal(0, Smoothness.TotalVariation(FeatureGraph.FromEdges(3, []), [1, 2, 3]));
        Assert.Equal(0, Smoothness.RayleighQuotient(FeatureGraph.Path(1), [3]));
        Near.Equal(1, Smoothness.SpectralConcentration(spectrum, [2, 2, 2], 1));
        Assert.True(double.IsNaN(Smoothness.SpectralConcentration(spectrum, [0, 0, 0], 1)));
    }

    [Fact]
    public void HostileInputsAreNamed()
    {
        var path = FeatureGraph.Path(3);
        var spectrum = path.Laplacian().Spectrum();
        Assert.Contains("signal holds 4 values; expected 3",
            Assert.Throws<ArgumentException>(() => Smoothness.TotalVariation(path, [1, 2, 3, 4])).Message);
        Assert.Contains("signal[2] is -Infinity",
            Assert.Throws<ArgumentException>(() => Smoothness.RayleighQuotient(path, [1, 2, double.NegativeInfinity])).Message);
        Assert.Contains("lowest is 0; choose 1 to 3",
            Assert.Throws<ArgumentOutOfRangeException>(() => Smoothness.SpectralConcentration(spectrum, [1, 2, 3], 0)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Smoothness.SpectralConcentration(spectrum, [1, 2, 3], 4));
    }
}
