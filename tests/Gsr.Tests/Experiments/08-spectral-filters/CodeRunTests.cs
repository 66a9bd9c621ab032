using Gsr.Analysis;
using Gsr.Experiments;
using Gsr.Experiments.SpectralFilters;
using Gsr.Graphs;
using Gsr.Models;
using Gsr.Penalties;
using Gsr.Training;

namespace Gsr.Tests.Experiments.SpectralFilters;

[Collection(Alone.Name)]
public sealed class CodeRunTests
{
    private static readonly AutoencoderOptions Shape =
        new() { Inputs = 30, Hidden = [8], Code = 6, CodeNoise = 0.1, Seed = 3 };

    private static readonly TrainingOptions Options = new() { Steps = 300, LearningRate = 0.01, Seed = 3, Threads = 1 };

    [Fact]
    public void A_penalty_smooths_a_code_and_atoms_make_it_a_mixture()
    {
        var curve = ManifoldData.Curve(60, 1);
        var path = FeatureGraph.Path(6);
        var free = new CodeCondition("none").Train(curve, Shape, Options);
        var smooth = new CodeCondition("zᵀLz", new GraphPenalty(path.Laplacian()), 1).Train(curve, Shape, Options);
        var atoms = LocalisedAtoms.Heat(path, 2, 2);
        var mixed = new CodeCondition("atoms") { Atoms = atoms }.Train(curve, Shape, Options);
        Assert.True(Roughness(smooth.Code) < Roughness(free.Code) / 2);
        Assert.Null(free.Weights);
        for (var e = 0; e < 60; e++)
        {
            for (var i = 0; i < 6; i++)
            {
                var mixture = Enumerable.Range(0, 3).Sum(a => mixed.Weights![e, a] * atoms[a, i]);
                Assert.Equal(mixture, mixed.Code[e, i], 1e-5);
            }
        }

        double Roughness(double[,] code) =>
            code.Rows().Sum(z => path.Laplacian().QuadraticForm(z)) / code.Rows().Sum(z => z.Sum(v => v * v));
    }

    [Fact]
    public void Permuted_nodes_and_atoms_lose_an_order_that_the_code_has()
    {
        var places = Enumerable.Range(0, 40).Select(i => 2 * Math.PI * i / 40).ToArray();
        var bumps = Matrices.Of(8, 8, (a, i) => a == i ? 1.0 : 0);
        var weights = Matrices.Of(40, 8, (e, a) => 1 + Math.Cos(places[e] - (2 * Math.PI * a / 8)));
        CodeCondition condition = new("bumps") { Atoms = bumps };
        CodeRuns runs = new(condition, [new CodeRun(places, weights, 0.002) { Weights = weights }]);
        Assert.Equal(1, runs.Of(OrderRecovery.OnRing).Mean, 1e-9);
        Assert.InRange(runs.AtomsPermuted(OrderRecovery.OnRing).Mean, 0.02, 0.6);
        var dots = runs.Dots(OrderRecovery.OnRing);
        Assert.InRange(dots.Null!.Value.Low, 0, dots.Null.Value.High);
        Assert.Equal(2, runs.Error.Mean, 1e-12);
        // A wave of one period, whatever is added to every example.
        var spectrum = FeatureGraph.Ring(8).Laplacian().Spectrum();
        Assert.Equal(1, runs.EnergyShare(spectrum, 1, 2).Mean, 1e-9);
        Assert.Throws<InvalidOperationException>(
            () => new CodeRun(places, weights, 0).WithAtomsPermuted(bumps, OrderRecovery.OnRing));
    }

    [Fact]
    public void Class_means_of_a_family_are_centred_and_shuffled_labels_are_others()
    {
        using var model = new Autoencoder(new() { Inputs = 784, Hidden = [8], Code = 6, Seed = 1 });
        var digits = DigitGenerator.Generate(200, 5);
        var code = FamilyCode.Of(model, digits, 0);
        Assert.All(code.Means.Columns(), node => Assert.Equal(0, node.Average(), 1e-9));
        Assert.NotEqual(code.Means, code.Shuffled);
        // Random groups differ less than the digits do.
        Assert.True(code.Shuffled.Cast<double>().Sum(v => v * v) < code.Means.Cast<double>().Sum(v => v * v));
        FamilyRuns family = new("path", FeatureGraph.Path(6), [code, code with { Error = 2 * code.Error }],
            [(FeatureGraph.Ring(6), code)], [code, code]);
        Assert.Equal(family.FreeMoran.Values, family.Moran.Values);
        Assert.Equal([0, 100], family.Cost.Values.Select(v => Math.Round(v, 6)));
        Assert.Equal(code.MoranOn(FeatureGraph.Ring(6)), family.RewiredMoran.Mean);
        Assert.Equal(code.ShuffledMoranOn(FeatureGraph.Path(6)), family.ShuffledMoran.Mean);
    }
}
