using System.Runtime.Loader;
using Gsr.Graphs;
using Gsr.Models;
using Gsr.Penalties;
using Gsr.Tests.Penalties;
using Gsr.Training;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Tests.Training;

/// <summary>Networks of earlier runs stand for trainings that are the same, and for no others.</summary>
[Collection(Alone.Name)]
public sealed class TrainingCacheTests : IDisposable
{
    private static readonly AutoencoderOptions Small =
        new() { Inputs = 6, Hidden = [8], Code = 4, Seed = 3, CodeNoise = 0.1 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Network_history_and_random_state_are_those_of_the_earlier_training(bool fused)
    {
        var statuses = new List<TrainingStatus>();
        var options = new TrainingOptions { Steps = 60, Seed = 5, Fused = fused, StepsPerRecord = 7 };
        var first = Train(new() { Options = options });
        var again = Train(new() { Options = options with { Progress = new Immediate(statuses.Add) } });

        Assert.False(first.History.IsReused);
        Assert.True(again.History.IsReused);
        Assert.Equal(first.Numbers, again.Numbers);
        Assert.Equal(first.Drawn, again.Drawn);
        Assert.Equal((60, first.History.Elapsed), (again.History.StepCount, again.History.Elapsed));
        Assert.Equal(first.History.Steps, again.History.Steps);
        Assert.Equal(first.History.Losses, again.History.Losses);
        Assert.Equal(first.History.TermNames, again.History.TermNames);
        foreach (var name in first.History.TermNames)
            Assert.Equal(first.History.Term(name), again.History.Term(name));
        Assert.Equal($"{first.History}, reused", $"{again.History}");
        var last = Assert.Single(statuses);
        Assert.Equal((60, first.History.Losses[^1], true), (last.Step, last.Loss, last.IsFinal));
        Assert.Equal((options.Steps!.Value, first.History.Elapsed), (last.Steps, last.Elapsed));
    }

    [Fact]
    public void Of_a_training_that_is_reused_only_the_first_step_is_done()
    {
        var calls = 0;
        var one = new Case { Objective = model => batch => { calls++; return model.Objective(batch); } };
        Train(one);
        Assert.Equal(40, calls);
        Assert.True(Train(one).History.IsReused);
        Assert.Equal(41, calls);
    }

    [Fact]
    public void Trainings_that_only_their_first_step_tells_apart_are_kept_side_by_side()
    {
        var (one, other) = (Train(new()), Train(new() { Factor = 1.001f }));
        Assert.False(other.History.IsReused);
        foreach (var (kept, factor) in ((double[], float)[])[(one.Numbers, 1), (other.Numbers, 1.001f)])
        {
            var again = Train(new() { Factor = factor });
            Assert.True(again.History.IsReused);
            Assert.Equal(kept, again.Numbers);
        }
    }

    [Theory]
    [InlineData("nothing", true)]
    [InlineData("code", false)]
    [InlineData("library", false)]
    [InlineData("an example", false)]
    [InlineData("the shape of the examples", false)]
    [InlineData("the network at its start", false)]
    [InlineData("the seed", false)]
    [InlineData("the batch size", false)]
    [InlineData("the rate", false)]
    [InlineData("the number of steps", false)]
    [InlineData("the weight of the penalty", false)]
    [InlineData("the penalty's graph", false)]
    [InlineData("what the objective reads", false)]
    [InlineData("the kind of the penalty", false)]
    [InlineData("threads", false)]
    public void A_change_of_any_condition_trains_anew(string change, bool isReused)
    {
        var one = new Case();
        var before = Alone.WithThreads(1, () => Train(one));
        var other = change switch
        {
            "code" => one with { Code = "var x = 2;" },
            "an example" => one with { Examples = () => torch.maximum(Examples(), torch.tensor(-0.999f)) },
            "the shape of the examples" => one with { Examples = () => Examples().narrow(0, 0, 49) },
            "the network at its start" => one with { Start = Small with { Seed = 4 } },
            "the seed" => one with { Options = one.Options with { Seed = 6 } },
            "the batch size" => one with { Options = one.Options with { BatchSize = 16 } },
            "the rate" => one with { Options = one.Options with { FinalLearningRate = 1e-4 } },
            "the number of steps" => one with { Options = one.Options with { Steps = 41 } },
            "the weight of the penalty" => one with { Weight = 0.2 },
            "the penalty's graph" => one with { Penalty = new GraphPenalty(FeatureGraph.Ring(4).Laplacian()) },
            "what the objective reads" => one with { Factor = 1.001f },
            "the kind of the penalty" => one with { Penalty = new Gsr.Experiments.Costs.EnergyPenalty() },
            _ => one,
        };
        if (change == "library")
        {
            var library = Path.Combine(Directory.CreateDirectory(_folder.File("library")).FullName, "Deedle.dll");
            File.Copy(typeof(Deedle.Frame).Assembly.Location, library);
            _ = new AssemblyLoadContext("another library").LoadFromAssemblyPath(library);
        }

        var after = Alone.WithThreads(change == "threads" ? 2 : 1, () => Train(other));
        Assert.Equal(isReused, after.History.IsReused);
        // In these alone the training comes out the same.
        var isSame = isReused || change is "code" or "library" or "threads";
        Assert.Equal(isSame, before.Numbers.SequenceEqual(after.Numbers));
    }

    [Fact]
    public void Options_say_all_that_they_are()
    {
        // As text they are part of the key.
        string[] notSaid = [nameof(TrainingOptions.Progress), nameof(TrainingOptions.AfterStep)];
        var said = typeof(TrainingOptions).GetProperties().Where(option => !notSaid.Contains(option.Name)).ToArray();
        Assert.All(said, option => Assert.True(
            (Nullable.GetUnderlyingType(option.PropertyType) ?? option.PropertyType).IsPrimitive, option.Name));
        Assert.All(said, option => Assert.Contains(option.Name, $"{new TrainingOptions()}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(40)]
    [InlineData(-1)]
    public void A_file_that_is_broken_anywhere_is_made_anew(int place)
    {
        var whole = Train(new());
        var file = Assert.Single(Directory.GetFiles(_folder.Path));
        var content = File.ReadAllBytes(file);
        content[place < 0 ? ^1 : place] ^= 1;
        foreach (var broken in (byte[][])[content, [], content[..20], content[..^4]])
        {
            File.WriteAllBytes(file, broken);
            var anew = Train(new());
            Assert.False(anew.History.IsReused);
            Assert.Equal(whole.Numbers, anew.Numbers);
            Assert.True(Train(new()).History.IsReused);
        }
    }

    [Fact]
    public void What_cannot_be_repeated_or_is_short_is_not_kept()
    {
        Train(new() { Options = new() { Steps = 5, AfterStep = _ => true } });
        Train(new() { Least = TimeSpan.FromHours(1) });
        Assert.Throws<DivergenceException>(() => Train(new() { Factor = float.NaN }));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_costs_no_training()
    {
        var file = _folder.File("file");
        File.WriteAllText(file, "");
        var said = new StringWriter();
        var console = Console.Error;
        Console.SetError(said);
        try
        {
            Assert.Equal(Train(new()).Numbers, Train(new() { Folder = file }).Numbers);
        }
        finally
        {
            Console.SetError(console);
        }

        Assert.Contains(file, said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_nobody_asked_for_in_a_month_goes()
    {
        Train(new());
        Train(new() { Code = "other" });
        var files = Directory.GetFiles(_folder.Path);
        foreach (var file in files) File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-29));
        Assert.True(Train(new()).History.IsReused);   // which makes it young again
        foreach (var file in files) File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddDays(-2));
        Train(new() { Code = "third" });
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
        Assert.True(Train(new()).History.IsReused);
        Assert.False(Train(new() { Code = "other" }).History.IsReused);
    }

    [Fact]
    public void Modules_of_others_leave_libtorchs_random_state_as_the_training_would()
    {
        var first = Dropout();
        var again = Dropout();
        Assert.False(first.IsReused);
        Assert.True(again.IsReused);
        Assert.Equal(first.Numbers, again.Numbers);
        Assert.Equal(first.Drawn, again.Drawn);

        (bool IsReused, double[] Numbers, double[] Drawn) Dropout() => Alone.WithThreads(1, () =>
        {
            using var scope = torch.NewDisposeScope();
            torch.manual_seed(1);
            using var model = Sequential(Linear(6, 8), torch.nn.Dropout(), Linear(8, 6));
            Objective task = batch => [new("error", functional.mse_loss(model.call(batch[0]), batch[0]))];
            var history = new Trainer(model, task) { Cache = new TrainingCache(_folder.Path, "", TimeSpan.Zero) }
                .Train([Examples()], new TrainingOptions { Steps = 20 });
            double[] numbers = [.. model.parameters().SelectMany(PenaltyCases.ToArray)];
            return (history.IsReused, numbers, PenaltyCases.ToArray(torch.randn(4)));
        });
    }

    [Fact]
    public void No_tensor_is_left()
    {
        using var examples = Examples();
        var models = Enumerable.Range(0, 4).Select(_ => new Autoencoder(Small)).ToArray();
        var reused = new List<bool>();
        var before = 0L;
        foreach (var model in models)
        {
            // The first training also makes what stays.
            if (reused.Count == 1) before = Alone.LiveTensors();
            var cache = new TrainingCache(_folder.Path, "", TimeSpan.Zero);
            reused.Add(new Trainer(model, model.Objective) { Cache = cache }
                .Train([examples], new TrainingOptions { Steps = 5 }).IsReused);
        }

        Assert.Equal([false, true, true, true], reused);
        Assert.Equal(before, torch.Tensor.TotalCount);
        foreach (var model in models) model.Dispose();
    }

    private static torch.Tensor Examples() => torch.arange(300, torch.float32).reshape(50, 6).sin();

    private (TrainingHistory History, double[] Numbers, double[] Drawn) Train(Case of) => Alone.WithThreads(
        torch.get_num_threads(), () =>
        {
            using var scope = torch.NewDisposeScope();
            using var model = new Autoencoder(of.Start);
            using var regularizer = new Regularizer().Add(model.CodeLayer, of.Penalty, of.Weight);
            var task = of.Factor == 1 ? of.Objective?.Invoke(model) ?? model.Objective
                : new Objective(batch => [new("error", model.Objective(batch)[0].Value.mul(of.Factor))]);
            var history = new Trainer(model, task, regularizer)
            {
                Cache = new TrainingCache(of.Folder ?? _folder.Path, of.Code, of.Least),
            }.Train([of.Examples()], of.Options);
            double[] numbers = [.. model.parameters().SelectMany(PenaltyCases.ToArray)];
            var drawn = torch.randn(4, generator: ((IRandomModule)model).Random);
            return (history, numbers, PenaltyCases.ToArray(drawn));
        });

    private sealed record Case
    {
        public AutoencoderOptions Start { get; init; } = Small;

        public TrainingOptions Options { get; init; } = new() { Steps = 40, Seed = 5 };

        public Func<torch.Tensor> Examples { get; init; } = TrainingCacheTests.Examples;

        public Func<Autoencoder, Objective>? Objective { get; init; }

        public float Factor { get; init; } = 1;

        public IActivationPenalty Penalty { get; init; } = new GraphPenalty(FeatureGraph.Path(4).Laplacian());

        public double Weight { get; init; } = 0.1;

        public string Code { get; init; } = "var x = 1;";

        public string? Folder { get; init; }

        public TimeSpan Least { get; init; } = TimeSpan.Zero;
    }

    private sealed class Immediate(Action<TrainingStatus> take) : IProgress<TrainingStatus>
    {
        public void Report(TrainingStatus value) => take(value);
    }
}
