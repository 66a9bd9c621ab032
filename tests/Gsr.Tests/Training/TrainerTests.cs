using Gsr.Graphs;
using Gsr.Models;
using Gsr.Penalties;
using Gsr.Tests.Penalties;
using Gsr.Training;
using TorchSharp;

namespace Gsr.Tests.Training;

[Collection(Alone.Name)]
public sealed class TrainerTests
{
    private static readonly AutoencoderOptions Small = new() { Inputs = 10, Hidden = [12], Code = 6, Seed = 3 };

    [Fact]
    public void The_same_seed_gives_the_same_bits()
    {
        var first = Weights(5);
        Assert.Equal(first, Weights(5));
        Assert.NotEqual(first, Weights(6));

        static double[] Weights(int seed) => Alone.WithThreads(1, () =>
        {
            using var scope = torch.NewDisposeScope();
            using var model = new BetaVae(Small, 1);
            using var regularizer = OnPairs(model.CodeLayer, 0.1);
            new Trainer(model, model.Objective, regularizer)
                .Train([Data()], new TrainingOptions { Steps = 50, Seed = seed });
            return model.parameters().SelectMany(PenaltyCases.ToArray).ToArray();
        });
    }

    [Fact]
    public void The_learning_rate_falls_in_a_straight_line_to_its_final_value()
    {
        var options = new TrainingOptions { Steps = 5, LearningRate = 0.4, FinalLearningRate = 0 };
        PenaltyCases.Near(
            [0.4, 0.3, 0.2, 0.1, 0], [.. Enumerable.Range(0, 5).Select(step => options.RateAt(step, 5))], 1e-12);
        Assert.Equal(0.4, (options with { FinalLearningRate = null }).RateAt(4, 5));
        Assert.Equal(0.4, options.RateAt(0, 1));
        PenaltyCases.Near(
            [0.4, 0.4, 0.4, 0.2, 0],
            [.. Enumerable.Range(0, 5).Select(step => (options with { SteadyShare = 0.5 }).RateAt(step, 5))], 1e-12);
        Assert.Throws<ArgumentException>(
            "TrainingOptions.SteadyShare", () => Course(options with { SteadyShare = 1 }));
        Assert.Throws<ArgumentException>(
            "TrainingOptions.FinalLearningRate", () => Course(options with { FinalLearningRate = -1 }));

        // A step at rate 0 changes nothing, the one before it does.
        var course = Course(options);
        Assert.Equal(course[4], course[3]);
        Assert.NotEqual(course[3], course[2]);

        static List<double[]> Course(TrainingOptions options)
        {
            using var scope = torch.NewDisposeScope();
            using var model = new Autoencoder(Small);
            var course = new List<double[]>();
            new Trainer(model, model.Objective).Train([Data()], options with
            {
                AfterStep = _ =>
                {
                    course.Add([.. model.parameters().SelectMany(PenaltyCases.ToArray)]);
                    return true;
                },
            });
            return course;
        }
    }

    [Fact]
    public void Live_tensors_after_step_1000_equal_those_after_step_10() => Alone.WithThreads(1, () =>
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var scope = torch.NewDisposeScope();
        using var vae = new BetaVae(Small, 1);
        using var autoencoder = new Autoencoder(Small with { CodeNoise = 0.1 });
        foreach (
            var (model, code, objective) in new (
                torch.nn.Module, torch.nn.Module<torch.Tensor, torch.Tensor>, Objective)[]
            { (vae, vae.CodeLayer, vae.Objective), (autoencoder, autoencoder.CodeLayer, autoencoder.Objective) })
        {
            using var regularizer = OnPairs(code, 0.1).Add(code, new SparsityPenalty(), 1e-3);
            var counts = new List<long>();
            new Trainer(model, Counted, regularizer)
                .Train([Data()], new TrainingOptions { Steps = 1001, Progress = ProgressLine.To(_ => { }) });
            Assert.Equal(1001, counts.Count);
            Assert.Equal(counts[10], counts[1000]);

            IReadOnlyList<LossTerm> Counted(IReadOnlyList<torch.Tensor> batch)
            {
                counts.Add(counts.Count == 10 ? Alone.LiveTensors() : torch.Tensor.TotalCount);
                return objective(batch);
            }
        }

        return 0;
    });

    [Fact]
    public void A_penalty_makes_codes_smooth_while_the_loss_still_falls()
    {
        var plain = Run(0);
        var smooth = Run(0.3);
        Assert.True(smooth.Quotient < plain.Quotient / 2, $"{smooth.Quotient} against {plain.Quotient}");
        Assert.True(smooth.History.Term("reconstruction")[^1] < smooth.History.Term("reconstruction")[0] / 2);
        Assert.True(smooth.History.Term("penalty")[^1] < smooth.History.Term("penalty")[0]);

        static (double Quotient, TrainingHistory History) Run(double weight)
        {
            using var scope = torch.NewDisposeScope();
            using var model = new Autoencoder(Small with { CodeNoise = 0.2 });
            var data = Data();
            using var regularizer = OnPairs(model.CodeLayer, weight);
            var history = new Trainer(model, model.Objective, regularizer)
                .Train([data], new TrainingOptions { Steps = 600, LearningRate = 5e-3 });
            var quotient = new GraphPenalty(FeatureGraph.Path(2).Copies(3).Laplacian(), PenaltyForm.RayleighQuotient);
            return (quotient.Evaluate(model.Encode(data)).Value, history);
        }
    }

    [Fact]
    public void History_holds_means_of_every_term()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new BetaVae(Small, 4);
        using var regularizer = OnPairs(model.CodeLayer, WeightSchedule.After(10, 0.1));
        var history = new Trainer(model, model.Objective, regularizer)
            .Train([Data()], new TrainingOptions { Steps = 25, StepsPerRecord = 10 });
        Assert.Equal([10L, 20, 25], history.Steps);
        Assert.Equal(["reconstruction", "divergence", "penalty"], history.TermNames);
        Assert.Equal(25, history.StepCount);
        Assert.True(double.IsNaN(history.Term("penalty")[0]));
        for (var row = 1; row < 3; row++)
        {
            var sum = history.Term("reconstruction")[row] + history.Term("divergence")[row]
                + (0.1 * history.Term("penalty")[row]);
            Assert.Equal(history.Losses[row], sum, 1e-5);
        }

        Assert.Throws<KeyNotFoundException>(() => history.Term("foo"));
        Assert.StartsWith("25 steps in ", history.ToString());
    }

    [Theory]
    [InlineData(1.0, 10)]
    [InlineData(0.5, 5)]
    [InlineData(2.0, 20)]
    [InlineData(0.001, 1)]
    public void Epochs_count_batches_the_smaller_last_one_included(double epochs, long steps)
    {
        using var scope = torch.NewDisposeScope();
        using var model = new Autoencoder(Small);
        var history = new Trainer(model, model.Objective)
            .Train([Data(95)], new TrainingOptions { Epochs = epochs, BatchSize = 10 });
        Assert.Equal(steps, history.StepCount);
        Assert.False(model.training);
    }

    [Fact]
    public void Cancelling_stops_after_the_step_and_leaves_the_model_usable()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new Autoencoder(Small);
        using var regularizer = OnPairs(model.CodeLayer, 0.1);
        using var source = new CancellationTokenSource();
        var steps = 0;
        var before = PenaltyCases.ToArray(model.call(Data()));
        Assert.Throws<OperationCanceledException>(() => new Trainer(model, Cancelling, regularizer)
            .Fit([Data()], new TrainingOptions { Steps = 100 }, source.Token));
        Assert.Equal(7, steps);
        Assert.False(model.training);
        Assert.NotEqual(before, PenaltyCases.ToArray(model.call(Data())));
        Assert.Equal(20, new Trainer(model, model.Objective, regularizer)
            .Train([Data()], new TrainingOptions { Steps = 20 }).StepCount);

        IReadOnlyList<LossTerm> Cancelling(IReadOnlyList<torch.Tensor> batch)
        {
            if (++steps == 7) source.Cancel();
            return model.Objective(batch);
        }
    }

    [Fact]
    public void NaN_in_the_examples_names_step_and_term_and_makes_no_update()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new Autoencoder(Small);
        var before = model.parameters().SelectMany(PenaltyCases.ToArray).ToArray();
        var error = Assert.Throws<DivergenceException>(() =>
            new Trainer(model, model.Objective).Train([Data() * float.NaN], new TrainingOptions { Steps = 5 }));
        Assert.Equal((0, "reconstruction"), (error.Step, error.Term));
        Assert.True(double.IsNaN(error.Value));
        Assert.Equal(before, model.parameters().SelectMany(PenaltyCases.ToArray));
        Assert.False(model.training);
    }

    [Fact]
    public void An_exploding_penalty_is_named_with_its_weight()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new Autoencoder(Small);
        using var regularizer = OnPairs(model.CodeLayer, WeightSchedule.After(3, 1e300));
        var error = Assert.Throws<DivergenceException>(() =>
            new Trainer(model, model.Objective, regularizer).Train([Data()], new TrainingOptions { Steps = 10 }));
        Assert.Equal((3, "penalty"), (error.Step, error.Term));
        Assert.True(double.IsPositiveInfinity(error.Value));
    }

    [Fact]
    public void A_failing_objective_ends_the_regularizers_step()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new Autoencoder(Small);
        using var regularizer = OnPairs(model.CodeLayer, 0.1);
        var trainer = new Trainer(
            model, batch => throw new InvalidOperationException($"{model.call(batch[0]).shape[1]}"), regularizer);
        Assert.Equal(
            "10", Assert.Throws<InvalidOperationException>(
                () => trainer.Train([Data()], new TrainingOptions { Steps = 10 })).Message);
        model.train();
        model.call(Data());
        Assert.Empty(regularizer.EndStep());
    }

    [Fact]
    public void Wrong_options_are_refused_by_name()
    {
        Refuses(null, new TrainingOptions());
        Refuses(null, new TrainingOptions { Epochs = 1, Steps = 1 });
        Refuses("TrainingOptions.Epochs", new TrainingOptions { Epochs = 0 });
        Refuses("TrainingOptions.Epochs", new TrainingOptions { Epochs = double.NaN });
        Refuses("TrainingOptions.Steps", new TrainingOptions { Steps = -1 });
        Refuses("TrainingOptions.LearningRate", new TrainingOptions { Steps = 1, LearningRate = 0 });
        Refuses("TrainingOptions.LearningRate", new TrainingOptions { Steps = 1, LearningRate = double.NaN });
        Refuses("TrainingOptions.WeightDecay", new TrainingOptions { Steps = 1, WeightDecay = -1 });
        Refuses("TrainingOptions.StepsPerRecord", new TrainingOptions { Steps = 1, StepsPerRecord = 0 });
        Refuses("batchSize", new TrainingOptions { Steps = 1, BatchSize = 0 });

        static void Refuses(string? option, TrainingOptions options)
        {
            using var scope = torch.NewDisposeScope();
            using var model = new Autoencoder(Small);
            Assert.Equal(
                option,
                Assert.ThrowsAny<ArgumentException>(() => new Trainer(model, model.Objective).Train([Data()], options))
                    .ParamName);
        }
    }

    [Fact]
    public void Nothing_to_train_and_no_term_are_refused()
    {
        using var scope = torch.NewDisposeScope();
        using var activation = torch.nn.ReLU();
        var none = new Trainer(activation, batch => [new LossTerm("x", batch[0].sum())]);
        Assert.Throws<ArgumentException>("model", () => none.Train([Data()], new TrainingOptions { Steps = 1 }));
        using var model = new Autoencoder(Small);
        var empty = new Trainer(model, _ => []);
        Assert.Throws<InvalidOperationException>(() => empty.Train([Data()], new TrainingOptions { Steps = 1 }));
    }

    [Fact]
    public void Parameters_of_two_types_train_with_libtorchs_adam()
    {
        using var scope = torch.NewDisposeScope();
        using var model = torch.nn.Sequential(
            ("a", torch.nn.Linear(10, 4)), ("b", torch.nn.Linear(4, 1).to(torch.float64)));
        var first = (torch.nn.Module<torch.Tensor, torch.Tensor>)model.children().First();
        var second = (torch.nn.Module<torch.Tensor, torch.Tensor>)model.children().Last();
        var history = new Trainer(
            model, batch =>
                [new LossTerm("square", second.call(first.call(batch[0]).to(torch.float64)).square().mean())])
            .Train([Data()], new TrainingOptions { Steps = 200, LearningRate = 1e-2 });
        Assert.True(history.Losses[^1] < history.Losses[0] / 4);
    }

    [Fact]
    public void Progress_is_final_once_at_the_end()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new Autoencoder(Small);
        var seen = new List<TrainingStatus>();
        new Trainer(model, model.Objective)
            .Train([Data(100)],
            new TrainingOptions { Steps = 30, BatchSize = 10, Progress = ProgressLine.To(seen.Add) });
        var last = Assert.Single(seen, s => s.IsFinal);
        Assert.Same(last, seen[^1]);
        Assert.Equal((30, 30, 3.0), (last.Step, last.Steps, last.Epoch));
        Assert.Equal(["reconstruction"], last.Terms.Select(t => t.Key));
        Assert.True(double.IsFinite(last.Loss));
    }

    internal static torch.Tensor Data(int count = 200)
    {
        var random = new Random(11);
        var values = new float[count * 10];
        for (var i = 0; i < count; i++)
        {
            var label = random.Next(5);
            for (var j = 0; j < 10; j++) values[(i * 10) + j] = (float)(random.NextDouble() * 0.2)
                + (j / 2 == label ? 2 : 0);
        }

        return torch.tensor(values).reshape(count, 10);
    }

    private static Regularizer OnPairs(torch.nn.Module<torch.Tensor, torch.Tensor> layer, WeightSchedule weight) =>
        new Regularizer().Add(layer, new GraphPenalty(FeatureGraph.Path(2).Copies(3).Laplacian()), weight);
}

internal static class TrainerOfTests
{
    /// <summary>Trains until the test is cancelled.</summary>
    public static TrainingHistory Train(
        this Trainer trainer, IReadOnlyList<torch.Tensor> examples, TrainingOptions options) =>
        trainer.Fit(examples, options, TestContext.Current.CancellationToken);
}
