using Gsr.Experiments;
using Gsr.Experiments.Costs;
using Gsr.Graphs;
using Gsr.Models;
using Gsr.Penalties;
using Gsr.Tests.Graphs;
using Gsr.Tests.Penalties;
using TorchSharp;

namespace Gsr.Tests.Experiments.Costs;

[Collection(Alone.Name)]
public sealed class PenaltyOutcomesTests
{
    private static readonly IActivationPenalty Penalty = new EnergyPenalty();

    [Fact]
    public void Numbers_are_compared_within_a_seed_over_the_seeds_that_both_have()
    {
        var outcomes = new PenaltyOutcomes(
        [
            Outcome("none", 0, 2, 10), Outcome("none", 0, 1, 20), Outcome("none", 0, 3, 30),
            Outcome("a", 0.1, 3, 33), Outcome("a", 0.1, 1, 21), Outcome("a", 1, 1, 40), Outcome("b", 0.1, 1, 25),
        ]);
        Assert.Equal([20, 10, 30], outcomes.Of("none", o => o.Test).Values);
        Assert.Equal([21, 40, 33], outcomes.Of("a", o => o.Test).Values);
        Assert.Equal([21, 33], outcomes.Of("a", o => o.Test, 0.1).Values);
        Assert.Equal([1, 3], outcomes.Against("a", 0.1, "none", o => o.Test).Values);
        Assert.Equal([-4], outcomes.Against("a", 0.1, "b", o => o.Test).Values);
        Assert.Equal([2], outcomes.Against("a", 1, "none", o => o.Test, (x, y) => x / y).Values);
        Assert.Equal(1, outcomes.BestWeight("a", [0.1, 1], o => o.Test));
        Assert.Throws<ArgumentException>(() => outcomes.Of("c", o => o.Test));
        Assert.Equal(7, outcomes.Count);

        var panel = outcomes.Panel("error", ["a"], [0.1, 1], o => o.Test, around: (1, 2));
        Assert.Equal([27, 40], panel.Lines[0].Values.Select(values => values.Mean));
        Assert.Equal((19.0, 22.0), panel.Range);
    }

    [Fact]
    public void A_run_brings_its_penalty_to_a_layer()
    {
        using var layer = torch.nn.Linear(3, 2);
        using var none = PenaltyRun.None(4).On(layer);
        Assert.Empty(none.Attachments);
        using var own = new PenaltyRun("L2", 0.5, Penalty, 4).On(layer);
        var attachment = Assert.Single(own.Attachments);
        Assert.Same(Penalty, attachment.Penalty);
        Assert.Equal(0.5, attachment.Weight.At(7));
    }

    [Fact]
    public void L2_is_the_mean_energy_of_the_examples()
    {
        using var scope = torch.NewDisposeScope();
        // Rows (1, -2) and (3, 0): energies 5 and 9, mean 7; gradient of 0.5 · mean: 0.5 · 2z / 2.
        var z = torch.tensor(new[,] { { 1.0, -2 }, { 3, 0 } }, requires_grad: true);
        var (term, value) = new EnergyPenalty().Evaluate(z, 0.5);
        term.backward();
        Assert.Equal(7, value, 1e-12);
        Assert.Equal(3.5, term.ToDouble(), 1e-12);
        Near.Equal([0.5, -1, 1.5, 0], PenaltyCases.ToArray(z.grad!), 1e-12);
        Assert.Equal("Σz²", new EnergyPenalty().ToString());
    }

    [Fact]
    public void Gradients_without_autograd_are_those_with_it()
    {
        using var scope = torch.NewDisposeScope();
        var z = torch.randn(5, 4).requires_grad_();
        foreach (var penalty in (IActivationPenalty[])[Penalty, new SparsityPenalty()])
        {
            z.grad = null;
            var (term, value) = penalty.Evaluate(z, 0.3);
            term.backward();
            var gradient = torch.empty(5, 4);
            Assert.Equal(value, ((IKnownGradient)penalty).Evaluate(z.detach(), gradient, 0.3), 1e-6);
            Near.Equal(PenaltyCases.ToArray(z.grad!), PenaltyCases.ToArray(gradient), 1e-6);
        }
    }

    [Fact]
    public void Codes_are_smooth_or_not_and_constant_ones_do_not_count()
    {
        var ring = FeatureGraph.Ring(4);
        // (1, -1, 1, -1) on a ring of 4: I = -1, quotient 4. A constant has quotient 0 and no I.
        var rough = CodeSmoothness.Of(ring, new double[,] { { 1, -1, 1, -1 }, { 3, -3, 3, -3 } });
        Assert.Equal(-1, rough.Moran, 1e-12);
        Assert.Equal(4, rough.Rayleigh, 1e-12);
        Assert.Equal(Math.Sqrt(5), rough.Size, 1e-12);
        var mixed = CodeSmoothness.Of(ring, new double[,] { { 1, -1, 1, -1 }, { 2, 2, 2, 2 }, { 0, 0, 0, 0 } });
        Assert.Equal(-1, mixed.Moran, 1e-12);
        Assert.Equal(2, mixed.Rayleigh, 1e-12);
        Assert.True(double.IsNaN(CodeSmoothness.Of(ring, new double[,] { { 2, 2, 2, 2 } }).Moran));
    }

    [Fact]
    public void Images_give_accuracy_and_error_on_what_was_trained_on_and_on_others()
    {
        byte[] white = [255, 255, 255, 255], black = [0, 0, 0, 0];
        var train = new ImageDataSet(2, 2, [.. white, .. black], [0, 1]);
        var others = new ImageDataSet(2, 2, [.. white, .. white, .. black], [1, 0, 0]);
        var images = new DigitImages(train, others, low: -1);
        Assert.Equal([1f, 1, 1, 1, -1, -1, -1, -1], images.Examples[0].data<float>().ToArray());

        using var coder = new Autoencoder(new() { Inputs = 4, Hidden = [3], Code = 2, Seed = 1 });
        var squares = Inference.Run(
            x => (coder.call(x) - x).square().mean([1L]), images.Examples[0]).Cast<double>().ToArray();
        var (own, fresh) = images.Error(coder);
        Assert.Equal(squares.Average(), own, 1e-6);
        Assert.Equal(((2 * squares[0]) + squares[1]) / 3, fresh, 1e-6);
        Assert.Equal((3, 2), (images.Codes(coder).GetLength(0), images.Codes(coder).GetLength(1)));

        using var classifier = new DenseClassifier(new() { Inputs = 4, Hidden = [3], Classes = 2, Seed = 1 });
        var called = Inference.Classify(classifier.call, images.Examples[0]);
        var right = (called[0] == 0 ? 1 : 0) + (called[1] == 1 ? 1 : 0);
        Assert.Equal(50 * right, images.Accuracy(classifier).Train, 1e-9);
    }

    [Fact]
    public void Steps_are_timed_without_a_penalty_and_with_each()
    {
        var times = StepTimes.Measure(
            () =>
            {
                var model = new Autoencoder(new() { Inputs = 4, Hidden = [3], Code = 2 });
                return (model, model.Objective, model.CodeLayer);
            },
            [torch.rand(300, 4)], [("L2", Penalty)], rounds: 2, steps: 1);
        Assert.Equal(["none", "L2"], times.Names);
        Assert.Equal(2, times.Milliseconds("L2").Values.Count);
    }

    private static PenaltyOutcome Outcome(string name, double weight, int seed, double test) =>
        new(new(name, weight, weight == 0 ? null : Penalty, seed), 0, test, 0);
}
