using Gsr.Learning;
using Gsr.Models;
using Gsr.Native;
using Gsr.Training;
using static TorchSharp.torch;

namespace Gsr.Experiments;

/// <summary>
/// Trains the networks of a recipe, which differ by their seed alone, in ensembles (<see cref="EnsembleGraphLearner"/>)
/// side by side.
/// </summary>
/// <param name="cells">The cells [n, markers]; stays the caller's.</param>
/// <param name="shape">Of each network; a linear code has no bias to start with.</param>
/// <param name="learning">When graphs are built; the weight is the recipe's.</param>
/// <param name="training">Steps and batches.</param>
/// <param name="show">Where progress is shown.</param>
public sealed class RecipeTraining(
    Tensor cells, AutoencoderOptions shape, GraphLearningOptions learning, TrainingOptions training,
    Action<string> show)
{
    /// <summary>Networks trained so far.</summary>
    public int Networks { get; private set; }

    /// <summary>One network for each seed, on the cells or on other data [n, columns].</summary>
    public TrainedNetwork[] Train(Recipe recipe, IReadOnlyList<int> seeds, Tensor? data = null)
    {
        data ??= cells;
        // One ensemble for each processor: a member learns the same in any.
        var parts = seeds.Chunk((seeds.Count + Environment.ProcessorCount - 1) / Environment.ProcessorCount).ToArray();
        TrainedNetwork[] trained = [.. SideBySide.Map(parts, part => Part(recipe, part, data, part == parts[0]))
            .SelectMany(networks => networks)];
        show($"{Networks += seeds.Count} networks trained");
        return trained;
    }

    /// <summary>A network as it starts, with the graph that the recipe's builder finds in it.</summary>
    public TrainedNetwork Untrained(Recipe recipe, int seed)
    {
        using var network = new Autoencoder(Shape(recipe, cells) with { Seed = seed });
        var codes = Inference.Run(network.Encode, cells);
        return new(recipe, seed, recipe.Builder.Build(NodeActivations.From(codes)), codes, double.NaN, []);
    }

    private TrainedNetwork[] Part(Recipe recipe, int[] seeds, Tensor data, bool isShown)
    {
        using var networks = new AutoencoderEnsemble(Shape(recipe, data), seeds);
        var steps = recipe.Steps ?? training.Steps!.Value;
        var learned = new EnsembleGraphLearner(networks, recipe.Builder).Fit(data,
            learning with { Weight = recipe.Alpha, PreTrainingSteps = Math.Min(learning.PreTrainingSteps, steps / 3) },
            training with
            {
                Steps = steps,
                Progress = isShown ? ProgressLine.To(s => show($"{recipe.Name}, each network: {s}")) : null,
            });
        return [.. seeds.Select((seed, i) =>
        {
            using var network = networks.Member(i);
            network.eval();
            var errors = Inference.Run(x => (network.call(x) - x).Squared().mean([1L], true), data);
            return new TrainedNetwork(recipe, seed, learned[i].Graph!, Inference.Run(network.Encode, data),
                errors.Cast<double>().Average(), learned[i].Snapshots);
        })];
    }

    private AutoencoderOptions Shape(Recipe recipe, Tensor data) => shape with
    {
        Inputs = (int)data.shape[1],
        CodeActivation = recipe.Code,
        CodeBias = recipe.Code == Activation.None ? null : shape.CodeBias,
    };
}
