using Gsr.Experiments;
using Gsr.Graphs;
using Gsr.Learning;
using Gsr.Models;
using Gsr.Penalties;
using Gsr.Tests.Graphs;
using Gsr.Tests.Penalties;
using Gsr.Training;
using TorchSharp;

namespace Gsr.Tests.Learning;

[Collection(Alone.Name)]
public sealed class EnsembleTests
{
    private static readonly int[] Seeds = [3, 11, 4];
    private static readonly AutoencoderOptions Shape = new()
    {
        Inputs = 12,
        Hidden = [9, 7],
        Code = 6,
        OutputActivation = Activation.Tanh
    };
    private static readonly GraphLearningOptions Short = new()
    {
        PreTrainingSteps = 30,
        StepsPerGraph = 10,
        Samples = 40,
        Weight = 0.02
    };
    private static readonly TrainingOptions Training = new() { Steps = 80, Threads = 1, BatchSize = 32 };

    [Theory]
    [InlineData(Activation.None)]
    [InlineData(Activation.ReLU)]
    [InlineData(Activation.Sigmoid)]
    public void Members_compute_what_single_models_compute(Activation activation)
    {
        using var scope = torch.NewDisposeScope();
        using var ensemble = new AutoencoderEnsemble(Shape with { CodeActivation = activation }, Seeds);
        var input = torch.randn(3, 5, 12);
        for (var m = 0; m < 3; m++)
        {
            using var single = new Autoencoder(Shape with { CodeActivation = activation, Seed = Seeds[m] });
            using var member = ensemble.Member(m);
            foreach (var model in new[] { single, member })
            {
                Near.Equal(
                    PenaltyCases.ToArray(model.Encode(input[m])), PenaltyCases.ToArray(ensemble.Encode(input)[m]),
                    1e-6);
                Near.Equal(
                    PenaltyCases.ToArray(model.call(input[m])), PenaltyCases.ToArray(ensemble.call(input)[m]), 1e-6);
            }
        }

        Assert.Throws<ArgumentException>(() => new AutoencoderEnsemble(Shape, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => ensemble.Member(3));
    }

    [Theory]
    [InlineData(PenaltyForm.QuadraticForm, LaplacianKind.Combinatorial)]
    [InlineData(PenaltyForm.RayleighQuotient, LaplacianKind.SymmetricNormalized)]
    [InlineData(PenaltyForm.QuadraticForm, LaplacianKind.RandomWalk)]
    [InlineData(PenaltyForm.QuadraticForm, LaplacianKind.Combinatorial, true)]
    public void Members_learn_what_single_learners_teach(PenaltyForm form, LaplacianKind kind, bool signed = false) =>
        Alone.WithThreads(1, () =>
    {
        // In double precision: rounding in another order is then far below what is compared.
        using var scope = torch.NewDisposeScope();
        var data = Data();
        var options = Short with { Form = form, Laplacian = kind, Centre = signed ? 0.5 : 0 };
        IFeatureGraphBuilder builder = signed ? new CorrelationBuilder(0.2, 3) : new AdaptiveGaussianBuilder(2);
        using var ensemble = new AutoencoderEnsemble(Shape, Seeds);
        ensemble.to(torch.float64);
        var together = new EnsembleGraphLearner(ensemble, builder)
            .Learn(data, options, Training);
        for (var m = 0; m < 3; m++)
        {
            using var single = new Autoencoder(Shape with { Seed = Seeds[m] });
            single.to(torch.float64);
            using var learner = new GraphLearner(
                single, single.Objective, single.CodeLayer, builder, single.Encode);
            var alone = learner.Learn([data], options, Training with { Seed = Seeds[m] });
            Assert.Equal(alone.Snapshots.Select(s => s.Step), together[m].Snapshots.Select(s => s.Step));
            foreach (var (a, b) in alone.Snapshots.Zip(together[m].Snapshots)) Near.Equal(
                a.Graph!.ToAdjacency(), b.Graph!.ToAdjacency(), 1e-5);
            using var code = single.Encode(data);
            using var all = ensemble.Encode(data.expand(3, -1, -1));
            Near.Equal(PenaltyCases.ToArray(code), PenaltyCases.ToArray(all[m]), 1e-6);
        }

        return 0;
    });

    [Fact]
    public void Members_differ_and_the_history_holds_their_sum() => Alone.WithThreads(1, () =>
    {
        using var data = Data();
        using var floats = data.to(torch.float32);
        using var ensemble = new AutoencoderEnsemble(Shape with { CodeNoise = 0.1 }, Seeds);
        var learned = new EnsembleGraphLearner(ensemble, new NearestNeighbourBuilder(2))
            .Learn(floats, Short, Training with { StepsPerRecord = 1 });
        Assert.Equal(3, learned.Select(l => string.Join(',', l.Graph!.Edges)).Distinct().Count());
        Assert.Equal(50, learned[0].History.Term("graph").Count(double.IsFinite));
        Assert.True(learned[0].History.Losses[^1] < learned[0].History.Losses[0]);
        return 0;
    });

    [Fact]
    public void Learning_leaves_no_tensor()
    {
        using var data = Data();
        using var floats = data.to(torch.float32);
        using var ensemble = new AutoencoderEnsemble(Shape with { CodeNoise = 0.1 }, Seeds);
        Assert.Equal(
            0, Alone.Growth(3, () => new EnsembleGraphLearner(ensemble, new NearestNeighbourBuilder(2))
                .Learn(floats, Short, Training)));
    }

    [Fact]
    public void Early_stops_are_refused()
    {
        using var data = Data();
        using var ensemble = new AutoencoderEnsemble(Shape, Seeds);
        foreach (var (argument, options) in new[]
        {
            ("options", Short with { StepsAfterDisconnection = 1 }),
            ("training", Short with { PreTrainingSteps = 80 }),
        })
        {
            Assert.Throws<ArgumentException>(
                argument, () =>
                    new EnsembleGraphLearner(ensemble, new NearestNeighbourBuilder(2)).Learn(data, options, Training));
        }
    }

    [Fact]
    public void Two_planted_modules_become_two_components() => Alone.WithThreads(1, () =>
    {
        var patterns = ModulePatternGenerator.Generate(
            new ModulePatternOptions { Modules = 2, ColumnsPerModule = 10, RowsPerPattern = 100, Seed = 5 });
        using var data = Tensors.Matrix(patterns.Values, 20);
        using var ensemble = new AutoencoderEnsemble(
            new AutoencoderOptions { Inputs = 20, Hidden = [20], Code = 8, CodeNoise = 0.5 }, Enumerable.Range(50, 6)
                .ToArray());
        var learned = new EnsembleGraphLearner(ensemble, new NearestNeighbourBuilder(2)).Learn(
            data, new GraphLearningOptions { PreTrainingSteps = 300, StepsPerGraph = 50, Weight = 0.1 },
            Training with { Steps = 1500 });
        var components = learned.Select(l => l.Graph!.ComponentCount).ToArray();
        Assert.True(components.Count(c => c == 2) >= 3, string.Join(' ', components));
        return 0;
    });

    private static torch.Tensor Data()
    {
        var patterns = ModulePatternGenerator.Generate(
            new ModulePatternOptions { Modules = 3, ColumnsPerModule = 4, RowsPerPattern = 20, Scale = 1, Seed = 2 });
        using var floats = Tensors.Matrix(patterns.Values, 12);
        return floats.to(torch.float64);
    }
}

internal static class EnsembleLearnerOfTests
{
    /// <summary>Learns until the test is cancelled.</summary>
    public static IReadOnlyList<LearnedGraph> Learn(
        this EnsembleGraphLearner learner, torch.Tensor examples, GraphLearningOptions options,
        TrainingOptions training) =>
        learner.Fit(examples, options, training, TestContext.Current.CancellationToken);
}
