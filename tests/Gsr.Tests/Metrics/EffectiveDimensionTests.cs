using Gsr.Metrics;
using Gsr.Tests.Golden;
using Gsr.Tests.Graphs;
using MathNet.Numerics.LinearAlgebra;

namespace Gsr.Tests.Metrics;

public class EffectiveDimensionTests
{
    [Fact]
    public void GoldenEigenvalues() => Near.Equal(
        GraphMetricsGolden.Value("eff_dim_[4,1,1,0]"), EffectiveDimension.OfEigenvalues([4, 1, 1, 0]), 1e-14);

    [Fact]
    public void ActivationsAgreeWithTheEigenvaluesOfTheirCovariance()
    {
        var random = new Random(2);
        for (int round = 0; round < 200; round++)
        {
            int examples = random.Next(2, 12), nodes = random.Next(1, 8);
            var activations = new double[examples, nodes];
            for (int i = 0; i < examples * nodes; i++)
                activations[i / nodes, i % nodes] = 100 + (random.NextDouble() * (1 + (i % nodes)));

            var centred = Matrix<double>.Build.DenseOfArray(activations);
            centred = centred - Matrix<double>.Build.Dense(examples, nodes, (_, j) => centred.Column(j).Average());
            var eigenvalues = (centred.Transpose() * centred).Evd(Symmetricity.Symmetric).EigenValues;
            double expected = EffectiveDimension.OfEigenvalues(eigenvalues.Select(v => v.Real).ToArray());
            Near.Equal(expected, EffectiveDimension.OfActivations(activations), 1e-8);
            Assert.InRange(expected, 1 - 1e-9, Math.Min(nodes, examples - 1) + 1e-9);
        }
    }

    [Fact]
    public void IndependentNodesCountFullyAndCopiesOnce()
    {
        Near.Equal(2, EffectiveDimension.OfActivations(new double[,] { { 1, 0 }, { -1, 0 }, { 0, 1 }, { 0, -1 } }));
        Near.Equal(1, EffectiveDimension.OfActivations(new double[,] { { 1, -3 }, { 2, -6 }, { 5, -15 } }));
    }

    [Fact]
    public void WhatDoesNotVaryHasNoDimension()
    {
        Assert.Equal(0, EffectiveDimension.OfActivations(new[,] { { .1, .7 }, { .1, .7 }, { .1, .7 } }));
        Assert.Equal(0, EffectiveDimension.OfActivations(new[,] { { 3.0, 4.0 } }));
        Assert.Equal(0, EffectiveDimension.OfEigenvalues([0, 0]));
        Assert.Equal(0, EffectiveDimension.OfEigenvalues([]));
    }

    [Fact]
    public void HostileInputsAreNamed()
    {
        Assert.Contains("eigenvalues[1] is -1; a covariance has",
            Assert.Throws<ArgumentException>(() => EffectiveDimension.OfEigenvalues([4, -1])).Message);
        Assert.Contains("eigenvalues[0] is NaN",
            Assert.Throws<ArgumentException>(() => EffectiveDimension.OfEigenvalues([double.NaN, 1])).Message);
        Assert.Contains("activations is 0x3",
            Assert.Throws<ArgumentException>(() => EffectiveDimension.OfActivations(new double[0, 3])).Message);
    }
}
