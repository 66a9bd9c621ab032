using Gsr.Models;
using Gsr.Tests.Graphs;
using Gsr.Tests.Penalties;
using Gsr.Training;
using TorchSharp;

namespace Gsr.Tests.Training;

/// <summary>An ensemble against single models trained one after another.</summary>
[Collection(Alone.Name)]
public sealed class EnsembleTrainingTests
{
    private static readonly int[] Seeds = [3, 11, 4, 3, 7];

    /// <summary>Three epochs of batches of 8, 8, 8, 6.</summary>
    private static readonly TrainingOptions Options = new()
    {
        Epochs = 3,
        BatchSize = 8,
        Threads = 1,
        StepsPerRecord = 1
    };

    [Fact]
    public void Autoencoders_learn_what_single_ones_learn()
    {
        using var scope = torch.NewDisposeScope();
        var shape = new AutoencoderOptions { Inputs = 7, Hidden = [9, 8], Code = 6 };
        torch.Tensor[] examples = [torch.rand(30, 7, dtype: torch.float64)];
        using var ensemble = new AutoencoderEnsemble(shape, Seeds);
        ensemble.to(torch.float64);
        new Trainer(ensemble, ensemble.Objective)
            .FitEnsemble(examples, ensemble.Seeds, Options, TestContext.Current.CancellationToken);
        for (var m = 0; m < Seeds.Length; m++)
        {
            using var single = new Autoencoder(shape with { Seed = Seeds[m] });
            single.to(torch.float64);
            new Trainer(single, single.Objective)
                .Fit(examples, Options with { Seed = Seeds[m] }, TestContext.Current.CancellationToken);
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
        using var ensemble = new AutoencoderEnsemble(new() { Inputs = 7, Hidden = [9, 6], Code = 4 }, Seeds);
        var trainer = new Trainer(ensemble, ensemble.Objective);
        Assert.Equal(
            0, Alone.Growth(
                3, () => trainer.FitEnsemble([data], Seeds, Options, TestContext.Current.CancellationToken)));
    }
}
