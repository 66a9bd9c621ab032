using Gsr.Experiments;
using Gsr.Experiments.LearnedGraphs;
using Gsr.Learning;
using Gsr.Models;
using Gsr.Training;

namespace Gsr.Tests.Experiments.LearnedGraphs;

public sealed class ModuleTrialTests
{
    private static readonly CorrelationBuilder Half = new(Math.Sqrt(0.5));

    private static readonly ModulePatternData Data = ModulePatternGenerator.Generate(
        new ModulePatternOptions { Modules = 3, ColumnsPerModule = 2, RowsPerPattern = 5, Seed = 4 });

    [Fact]
    public void Nodes_that_are_modules_or_their_opposites_are_strict()
    {
        var trial = Of((s, bits) => [bits[0], 1 - bits[0], bits[1], bits[2], 1 - bits[2], 0.7]);
        Assert.Equal((3, 2, 5, 5, 3, 1.0), Of(trial));
        Assert.True(trial.IsExact && trial.IsStrict);
    }

    [Fact]
    public void A_right_count_with_mixed_nodes_or_a_missing_module_is_exact_and_not_strict()
    {
        // Node 2 is an even mixture, a component of its own; module 2 has no node.
        var trial = Of((s, bits) => [bits[0], bits[1], (bits[0] + bits[1] + bits[2]) / 3]);
        Assert.Equal((3, 0, 3, 2, 2), (
            trial.Components, trial.Groups, trial.Live, trial.Pure, trial.Found));
        Assert.True(trial.IsExact);
        Assert.False(trial.IsStrict);
    }

    [Fact]
    public void Stray_nodes_are_components_and_no_groups_and_nearly_constant_ones_are_dead()
    {
        var trial = Of((s, bits) =>
            [bits[0], bits[0], bits[1], bits[1], bits[2], bits[2], bits.Average(), 0.01 * bits[0]]);
        Assert.Equal((4, 3, 7), (trial.Components, trial.Groups, trial.Live));
        Assert.False(trial.IsExact);
    }

    [Fact]
    public void A_dead_code_has_no_component()
    {
        var trial = Of((_, _) => [0.5, 0.2]);
        Assert.Equal((0, 0, 0, 0, 0, 0.0), Of(trial));
    }

    [Fact]
    public void Trials_do_not_depend_on_who_else_is_trained()
    {
        var experiment = new ModuleExperiment(
            new AutoencoderOptions { Inputs = 12, Hidden = [8], Code = 6, CodeActivation = Activation.Sigmoid },
            n => new ModulePatternOptions
            {
                Modules = n,
                ColumnsPerModule = 4,
                NoiseColumns = 12 - (4 * n),
                RowsPerPattern = 50,
                Scale = 1,
            },
            new CorrelationBuilder(0.3, 2), Half,
            new GraphLearningOptions { PreTrainingSteps = 20, StepsPerGraph = 10, Samples = 32, Centre = 0.5 },
            new TrainingOptions { Steps = 60, Threads = 1 })
        {
            Others = new() { ["nearest"] = new NearestNeighbourBuilder(1) },
        };
        var all = experiment.Run([1, 2], [3, 4, 5], 1e-3);
        Assert.Equal([3, 3], all.Select(trials => trials.Length));
        Assert.All(all.SelectMany(trials => trials), trial => Assert.InRange(trial.NoisyError, 0, 1));
        Assert.All(all[1], trial => Assert.InRange(trial.Others["nearest"], 1, 3));
        Assert.All(all[1], trial => Assert.InRange(trial.Learned, 1, 6));
        var one = experiment.Run([2], [3], 1e-3)[0][0];
        Assert.Equal(one.NoisyError, all[1][0].NoisyError, 1e-4);
        Assert.NotEqual(experiment.Run([2], [3], 0)[0][0].NoisyError, one.NoisyError);
    }

    private static (int, int, int, int, int, double) Of(ModuleTrial t) =>
        (t.Components, t.Groups, t.Live, t.Pure, t.Found, t.Ari);

    private static ModuleTrial Of(Func<int, double[], double[]> nodes)
    {
        double[][] rows = [.. Enumerable.Range(0, Data.Samples).Select(s =>
            nodes(s, [.. Enumerable.Range(0, 3).Select(m => (double)Data.IsOn(s, m))]))];
        var values = new double[rows.Length, rows[0].Length];
        for (var s = 0; s < rows.Length; s++)
            for (var i = 0; i < rows[0].Length; i++) values[s, i] = rows[s][i];
        return ModuleTrial.Of(values, Data, Half);
    }
}
