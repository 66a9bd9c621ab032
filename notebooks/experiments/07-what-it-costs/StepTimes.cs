using Gsr.Penalties;
using Gsr.Training;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Experiments.Costs;

/// <summary>Times of a training step without a penalty and with each of several, in turn, on one thread.</summary>
public static class StepTimes
{
    /// <summary>Measures steps at batch 256, the paper's, with weights of 1e-3.</summary>
    /// <param name="make">A new model, its task and the layer that is penalised.</param>
    /// <param name="on">What the task reads.</param>
    /// <param name="kinds">Penalties; the first variant has none and is called "none".</param>
    /// <param name="rounds">Each variant once in each.</param>
    /// <param name="steps">In a row, per variant and round.</param>
    public static InterleavedTimes Measure(
        Func<(Module Model, Objective Task, Module<torch.Tensor, torch.Tensor> Layer)> make, torch.Tensor[] on,
        IEnumerable<(string Name, IActivationPenalty Penalty)> kinds, int rounds, int steps)
    {
        var options = new TrainingOptions { Steps = steps, BatchSize = 256, Threads = 1 };
        (string, Action) Variant(string name, IActivationPenalty? penalty)
        {
            var (model, task, layer) = make();
            return (name, () =>
            {
                using var regularizer = new Regularizer();
                if (penalty is not null) regularizer.Add(layer, penalty, 1e-3);
                new Trainer(model, task, regularizer).Fit(on, options);
            }
            );
        }

        return InterleavedTimes.Measure(
            [Variant("none", null), .. kinds.Select(kind => Variant(kind.Name, kind.Penalty))], rounds, steps);
    }
}
