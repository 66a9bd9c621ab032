using Gsr.Learning;
using Gsr.Models;
using Gsr.Native;
using Gsr.Training;
using static TorchSharp.torch;

namespace Gsr.Experiments;

/// <summary>
/// Trains the networks of a recipe, which differ by their seed alone, as one batched model (<see
/// cref="EnsembleGraphLearner"/>).
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
        using var networks = new AutoencoderEnsemble(Shape(recipe, data), seeds);
        var steps = recipe.Steps ?? training.Steps!.Value;
        var learned = new EnsembleGraphLearner(networks, recipe.Builder).Fit(data,
            learning with { Weight = recipe.Alpha, PreTrainingSteps = Math.Min(learning.PreTrainingSteps, steps / 3) },
            training with
            {
                Steps = steps,
                Progress = ProgressLine.To(s => show($"{recipe.Name}, {seeds.Count} networks: {s}")),
            });
        show($"{Networks += seeds.Count} networks trained");
        return [.. seeds.Select((seed, i) =>
        {
            using var network = networks.Member(i);
            network.eval();
            var errors = Inference.Run(x => (network.call(x) - x).Squared().mean([1L], true), data);
            return new TrainedNetwork(recipe, seed, learned[i].Graph!, Inference.Run(network.Encode, data),
                errors.Cast<double>().Average(), learned[i].Snapshots);
        })];
    }

    /// <summary>A network as it starts, with the graph that the recipe's builder finds in it.</summary>
    public TrainedNetwork Untrained(Recipe recipe, int seed)
    {
        using var network = new Autoencoder(Shape(recipe, cells) with { Seed = seed });
        var codes = Inference.Run(network.Encode, cells);
        return new(recipe, seed, recipe.Builder.Build(NodeActivations.From(codes)), codes, double.NaN, []);
    }

    private AutoencoderOptions Shape(Recipe recipe, Tensor data) => shape with
    {
        Inputs = (int)data.shape[1],
        CodeActivation = recipe.Code,
        CodeBias = recipe.Code == Activation.None ? null : shape.CodeBias,
    };
}
