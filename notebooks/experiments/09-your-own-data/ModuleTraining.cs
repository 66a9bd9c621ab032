using Gsr.Analysis;
using Gsr.Learning;
using Gsr.Models;
using Gsr.Training;
using TorchSharp;

namespace Gsr.Experiments.OwnData;

/// <summary>
/// Trains autoencoders [50, 50, nodes, 50, 50] with noise on the code, one per seed, in an ensemble for each processor;
/// every 100 steps a graph of the code's nodes is built from their activations and its penalty added (Algorithm 1 of
/// Tong et al. 2020).
/// </summary>
public sealed record ModuleTraining
{
    private const int Block = 4096, Large = 3_000_000;

    /// <summary>Nodes of the code.</summary>
    public required int Nodes { get; init; }

    /// <summary>How the graph is built; by default by each node's nearest neighbour.</summary>
    public IFeatureGraphBuilder Builder { get; init; } = new AdaptiveGaussianBuilder(1);

    /// <summary>One network each.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary>Steps of 32 cells.</summary>
    public required int Steps { get; init; }

    /// <summary>Standard deviation of the noise on the code.</summary>
    public double Noise { get; init; } = 0.5;

    /// <summary>Takes lines of progress.</summary>
    public Action<string> Progress { get; init; } = _ => { };

    /// <summary>Trains one condition.</summary>
    /// <param name="condition">Its name.</param>
    /// <param name="inputs">[cells, inputs].</param>
    /// <param name="alpha">Weight of the penalty; with 0 the graph is built and has no effect.</param>
    public TrainedModules Train(string condition, float[,] inputs, double alpha) =>
        Train(condition, inputs, alpha, kept: inputs.GetLength(0));

    /// <summary>
    /// Trains a condition that stands beside the data. Of more than 20,000 cells the activations of so many are kept, drawn
    /// at random: the memory of ten conditions of a million cells is more than a laptop has.
    /// </summary>
    /// <param name="condition">Its name.</param>
    /// <param name="inputs">[cells, inputs].</param>
    /// <param name="alpha">Weight of the penalty.</param>
    public TrainedModules TrainToCompare(string condition, float[,] inputs, double alpha) =>
        Train(condition, inputs, alpha, CellSample.ForClasses);

    private TrainedModules Train(string condition, float[,] inputs, double alpha, int kept)
    {
        // What the condition before has left, up to a gigabyte, else stays as long as the machine has memory.
        if (inputs.Length > Large) GC.Collect();
        using var cells = Tensors.Matrix(inputs);
        var seen = inputs.GetLength(0) <= kept ? inputs : inputs.SelectRows(CellSample.Of(inputs.GetLength(0), kept));
        using var read = seen == inputs ? cells.alias() : Tensors.Matrix(seen);
        var shape = new AutoencoderOptions { Inputs = inputs.GetLength(1), Code = Nodes, CodeNoise = Noise };
        // One ensemble for each processor: a member learns the same in any.
        var parts = Seeds.Chunk((Seeds.Count + Environment.ProcessorCount - 1) / Environment.ProcessorCount).ToArray();
        (LearnedGraph Graph, float[,] Codes)[] trained = [.. SideBySide.Map(parts, Part).SelectMany(part => part)];
        return new(condition, Seeds, seen, [.. trained.Select(t => t.Codes)], [.. trained.Select(t => t.Graph)],
            [.. trained.Select(t => ModuleActivations.Of(t.Codes, t.Graph.Graph!))]);

        (LearnedGraph, float[,])[] Part(int[] seeds)
        {
            using var networks = new AutoencoderEnsemble(shape, seeds);
            var graphs = new EnsembleGraphLearner(networks, Builder).Fit(
                cells,
                new GraphLearningOptions { PreTrainingSteps = 0, Weight = alpha },
                new TrainingOptions
                {
                    Steps = Steps,
                    Seed = Seeds[0],
                    Progress = seeds == parts[0]
                        ? ProgressLine.To(status => Progress($"{condition}: {status}")) : null,
                });
            return [.. graphs.Select((graph, i) =>
            {
                using var one = networks.Member(i);
                return (graph, Codes(one, read));
            })];
        }
    }

    /// <summary>The codes of all cells, in single precision, block by block.</summary>
    private float[,] Codes(Autoencoder network, torch.Tensor cells)
    {
        var codes = new float[cells.shape[0], Nodes];
        for (var start = 0; start < codes.GetLength(0); start += Block)
        {
            using var block = cells.narrow(0, start, Math.Min(Block, codes.GetLength(0) - start));
            var own = Inference.Run(network.Encode, block, Block);
            for (var i = 0; i < own.GetLength(0); i++)
                for (var j = 0; j < Nodes; j++) codes[start + i, j] = (float)own[i, j];
        }

        return codes;
    }
}
