using Gsr.Learning;
using Gsr.Models;
using Gsr.Native;
using Gsr.Training;
using TorchSharp;

namespace Gsr.Experiments.LearnedGraphs;

/// <summary>
/// The trials of one recipe: for each number of modules networks from several seeds, on one data set, trained as
/// ensembles, several of them side by side. Equal seeds give equal trials, but for rounding.
/// </summary>
/// <param name="Network">The networks' shape.</param>
/// <param name="Data">The data of n modules, of which <see cref="ModulePatternOptions.Seed"/> is replaced.</param>
/// <param name="Builder">Builds the graph that is learned.</param>
/// <param name="Counting">Builds the graph whose components are counted.</param>
/// <param name="Learning">Algorithm 1.</param>
/// <param name="Training">Steps, rate and batch.</param>
public sealed record ModuleExperiment(
    AutoencoderOptions Network, Func<int, ModulePatternOptions> Data, IFeatureGraphBuilder Builder,
    IFeatureGraphBuilder Counting, GraphLearningOptions Learning, TrainingOptions Training)
{
    private const int LargestEnsemble = 25;
    private const int FreshSamples = 2048;

    /// <summary>Other graphs whose components are counted as well, by name; none by default.</summary>
    public Dictionary<string, IFeatureGraphBuilder> Others { get; init; } = [];

    /// <summary>The trials of each n, in the order of the seeds.</summary>
    /// <param name="ns">The numbers of modules.</param>
    /// <param name="seeds">Of the networks; the first is also that of the data.</param>
    /// <param name="alpha">The penalty's weight; 0 builds one graph only, and does nothing with it.</param>
    /// <param name="shuffled">
    /// The null model: every column of the data, also of the fresh ones, in an order of its own.
    /// </param>
    public ModuleTrial[][] Run(
        IReadOnlyList<int> ns, IReadOnlyList<int> seeds, double alpha, bool shuffled = false)
    {
        var jobs = ns.SelectMany(n => seeds.Chunk(LargestEnsemble).Select(own => (
            n, Networks: new AutoencoderEnsemble(Network, own)))).ToArray();
        var trials = new ModuleTrial[jobs.Length][];
        SideBySide.Run(jobs, (job, i) =>
        {
            using var networks = job.Networks;
            trials[i] = Trials(networks, job.n, seeds[0], alpha, shuffled);
        });
        return [.. ns.Select(n => jobs.Zip(trials).Where(job => job.First.n == n)
            .SelectMany(job => job.Second).ToArray())];
    }

    /// <summary>Data of n modules with about so many samples, all patterns equally often.</summary>
    private ModulePatternData Sample(int n, int samples, int seed) =>
        ModulePatternGenerator.Generate(Data(n) with { RowsPerPattern = Math.Max(1, samples >> n), Seed = seed });

    private ModuleTrial[] Trials(AutoencoderEnsemble networks, int n, int seed, double alpha, bool shuffled)
    {
        using var scope = torch.NewDisposeScope();
        var data = ModulePatternGenerator.Generate(Data(n) with { Seed = seed });
        var learning = alpha > 0 ? Learning with { Weight = alpha }
            : Learning with { Weight = 0, StepsPerGraph = Training.Steps!.Value };
        var learned = new EnsembleGraphLearner(networks, Builder).Fit(Examples(data), learning, Training);

        using var noGradient = torch.no_grad();
        var errors = NoisyErrors(networks, Examples(Sample(n, FreshSamples / 2, seed + 1)));
        var fresh = Sample(n, FreshSamples, seed + 2);
        var codes = networks.Encode(Examples(fresh).expand(networks.Count, -1, -1));
        return [.. errors.Select((error, member) =>
        {
            var code = codes[member].to(torch.float64).ToMatrix();
            return ModuleTrial.Of(code, fresh, Counting) with
            {
                NoisyError = error,
                Learned = learned[member].Snapshots[^1].Components,
                Others = Others.ToDictionary(
                    graph => graph.Key, graph => Count(graph.Value, NodeActivations.From(code))),
            };
        })];

        torch.Tensor Examples(ModulePatternData of) =>
            Tensors.Matrix(shuffled ? of.ShuffledColumns(of.Options.Seed) : of.Values, of.Columns);
    }

    private static float[] NoisyErrors(AutoencoderEnsemble networks, torch.Tensor examples)
    {
        using var scope = torch.NewDisposeScope();
        var each = examples.expand(networks.Count, -1, -1);
        networks.train();
        var errors = networks.call(each).Minus(each).Squared().mean([1, 2]);
        networks.eval();
        return errors.ToValues<float>();
    }

    private static int Count(IFeatureGraphBuilder builder, NodeActivations activations)
    {
        var graph = builder.Build(activations);
        return graph.ComponentCount - Enumerable.Range(0, activations.Nodes).Count(activations.IsConstant);
    }
}
