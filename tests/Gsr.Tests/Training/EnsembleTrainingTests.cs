using Gsr.Experiments.Costs;
using Gsr.Graphs;
using Gsr.Models;
using Gsr.Penalties;
using Gsr.Tests.Graphs;
using Gsr.Tests.Penalties;
using Gsr.Training;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Tests.Training;

/// <summary>
/// An ensemble whose members have penalties of their own, against single models trained one after another.
/// </summary>
[Collection(Alone.Name)]
public sealed class EnsembleTrainingTests
{
    private static readonly int[] Seeds = [3, 11, 4, 3, 7];
    private static readonly IActivationPenalty Graph = new GraphPenalty(FeatureGraph.Grid(2, 3).Laplacian());

    /// <summary>Two members of one seed with different penalties: what a paired comparison trains.</summary>
    private static readonly MemberPenalty[] Penalties =
        [MemberPenalty.None, new(Graph, 0.3), new(new SparsityPenalty(), 1e-2), new(new EnergyPenalty(), 0.1),
            new(Graph, 1e3)];

    /// <summary>Three epochs of batches of 8, 8, 8, 6.</summary>
    private static readonly TrainingOptions Options = new()
    {
        Epochs = 3,
        BatchSize = 8,
        Threads = 1,
        StepsPerRecord = 1
    };

    [Theory]
    [InlineData(Activation.None, torch.ScalarType.Float64, 1e-9)]
    [InlineData(Activation.LeakyReLU, torch.ScalarType.Float64, 1e-9)]
    [InlineData(Activation.None, torch.ScalarType.Float32, 1e-5)]
    public void Classifiers_learn_what_single_ones_learn(Activation activation, torch.ScalarType type, double tolerance)
    {
        using var scope = torch.NewDisposeScope();
        var shape = new DenseClassifierOptions
        {
            Inputs = 7,
            Hidden = [9, 6],
            Classes = 4,
            LastHiddenActivation = activation
        };
        torch.Tensor[] examples = [torch.rand(30, 7, dtype: type), torch.randint(0, 4, [30])];
        using var ensemble = new DenseClassifierEnsemble(shape, Seeds);
        ensemble.to(type);
        using var regularizer = new Regularizer().Add(ensemble.HiddenLayers[^1], new MemberPenalties(Penalties), 1);
        var together = new Trainer(ensemble, ensemble.Objective, regularizer)
            .FitEnsemble(examples, ensemble.Seeds, Options, TestContext.Current.CancellationToken);
        var all = ensemble.call(examples[0].expand(Seeds.Length, -1, -1));
        double first = 0, last = 0;
        for (var m = 0; m < Seeds.Length; m++)
        {
            using var single = new DenseClassifier(shape with { Seed = Seeds[m] });
            single.to(type);
            var history = TrainAlone(single, single.Objective, single.HiddenLayers[^1], examples, m);
            (first, last) = (first + history.Losses[0], last + history.Losses[^1]);
            using var member = ensemble.Member(m);
            foreach (var model in new[] { single, member })
                Near.Equal(PenaltyCases.ToArray(model.call(examples[0])), PenaltyCases.ToArray(all[m]), m == 4
                    ? 10 * tolerance : tolerance);
        }

        Assert.Equal(12, together.StepCount);
        // The heavy member's loss is a thousand times the others'; the sum is as exact as it is.
        Near.Equal(first, together.Losses[0], 10 * tolerance);
        Near.Equal(last, together.Losses[^1], 10 * tolerance);
    }

    [Fact]
    public void Autoencoders_learn_what_single_ones_learn()
    {
        using var scope = torch.NewDisposeScope();
        var shape = new AutoencoderOptions { Inputs = 7, Hidden = [9, 8], Code = 6 };
        torch.Tensor[] examples = [torch.rand(30, 7, dtype: torch.float64)];
        using var ensemble = new AutoencoderEnsemble(shape, Seeds);
        ensemble.to(torch.float64);
        using var regularizer = new Regularizer().Add(ensemble.CodeLayer, new MemberPenalties(Penalties), 1);
        new Trainer(ensemble, ensemble.Objective, regularizer)
            .FitEnsemble(examples, ensemble.Seeds, Options, TestContext.Current.CancellationToken);
        for (var m = 0; m < Seeds.Length; m++)
        {
            using var single = new Autoencoder(shape with { Seed = Seeds[m] });
            single.to(torch.float64);
            TrainAlone(single, single.Objective, single.CodeLayer, examples, m);
            var error = PenaltyCases.ToArray(single.Errors(examples[0]));
            Assert.Equal(single.Objective(examples)[0].Value.ToDouble(), error.Average(), 1e-12);
            using var member = ensemble.Member(m);
            Near.Equal(error, PenaltyCases.ToArray(member.Errors(examples[0])), 1e-9);
            Near.Equal(
                PenaltyCases.ToArray(single.call(examples[0])),
                PenaltyCases.ToArray(ensemble.call(examples[0].expand(Seeds.Length, -1, -1))[m]), 1e-9);
        }
    }

    [Fact]
    public void Each_member_sees_its_own_batches_of_all_tensors()
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor[] examples = [torch.arange(10).unsqueeze(1), torch.arange(10) * 3];
        using var sampler = new BatchSampler(examples, 4, Seeds);
        BatchSampler[] own = [.. Seeds.Select(seed => new BatchSampler(examples, 4, seed))];
        Assert.Equal(3, sampler.BatchesPerEpoch);
        for (var i = 0; i < 7; i++)
        {
            var batch = sampler.Next();
            for (var m = 0; m < Seeds.Length; m++)
            {
                var alone = own[m].Next();
                for (var t = 0; t < 2; t++) Assert.Equal(
                    alone[t].data<long>().ToArray(), batch[t][m].contiguous().data<long>().ToArray());
            }
        }

        foreach (var one in own) one.Dispose();
    }

    [Fact]
    public void Trainings_side_by_side_learn_what_they_learn_one_after_another()
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor[] examples = [torch.rand(200, 7), torch.randint(0, 4, [200])];
        double[][] Weights(int atOnce)
        {
            var ensembles = Enumerable.Range(0, 6).Select(i => new DenseClassifierEnsemble(
                new() { Inputs = 7, Hidden = [9, 6], Classes = 4 }, [.. Seeds.Select(seed => seed + i)])).ToArray();
            SideBySide.Run(
                ensembles,
                ensemble =>
                {
                    using var regularizer = new Regularizer()
                        .Add(ensemble.HiddenLayers[^1], new MemberPenalties(Penalties), 1);
                    new Trainer(ensemble, ensemble.Objective, regularizer)
                        .FitEnsemble(examples, ensemble.Seeds, Options, TestContext.Current.CancellationToken);
                },
                atOnce);
            var weights = ensembles.Select(ensemble => ensemble.parameters().SelectMany(PenaltyCases.ToArray).ToArray())
                .ToArray();
            foreach (var ensemble in ensembles) ensemble.Dispose();
            return weights;
        }

        Assert.Equal(Weights(1), Weights(4));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var scope = torch.NewDisposeScope();
        using var ensemble = new AutoencoderEnsemble(new AutoencoderOptions { Inputs = 7, Code = 6 }, Seeds);
        var trainer = new Trainer(ensemble, ensemble.Objective);
        var token = TestContext.Current.CancellationToken;
        Assert.Throws<ArgumentException>("seeds", () => trainer.FitEnsemble([torch.rand(4, 7)], [], Options, token));
        Assert.Throws<ArgumentException>("examples", () => trainer.FitEnsemble([], Seeds, Options, token));
        Assert.Throws<ArgumentException>(
            "examples", () => trainer.FitEnsemble([torch.rand(4, 7), torch.rand(3, 7)], Seeds, Options, token));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => trainer.FitEnsemble([torch.rand(4, 7)], Seeds, Options with { BatchSize = 0 }, token));
    }

    [Fact]
    public void Training_leaves_no_tensor()
    {
        using var data = torch.rand(30, 7);
        using var labels = torch.randint(0, 4, [30]);
        using var ensemble = new DenseClassifierEnsemble(
            new DenseClassifierOptions { Inputs = 7, Hidden = [9, 6], Classes = 4 }, Seeds);
        using var regularizer = new Regularizer().Add(ensemble.HiddenLayers[^1], new MemberPenalties(Penalties), 1);
        var trainer = new Trainer(ensemble, ensemble.Objective, regularizer);
        Assert.Equal(
            0, Alone.Growth(
                3, () => trainer.FitEnsemble([data, labels], Seeds, Options, TestContext.Current.CancellationToken)));
    }

    private static TrainingHistory TrainAlone(
        Module model, Objective objective, Module<torch.Tensor, torch.Tensor> layer, torch.Tensor[] examples,
        int member)
    {
        using var regularizer = new Regularizer();
        if (Penalties[member].Penalty is { } penalty) regularizer.Add(layer, penalty, Penalties[member].Weight);
        return new Trainer(model, objective, regularizer)
            .Fit(examples, Options with { Seed = Seeds[member] }, TestContext.Current.CancellationToken);
    }
}
