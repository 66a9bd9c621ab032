using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Training;

/// <summary>Adam where it is fastest: the flat one-pass form on a CPU, libtorch's own on other devices.</summary>
internal abstract class StepOptimizer : IDisposable
{
    /// <summary>Chooses for a model; parameters of several types or devices take libtorch's.</summary>
    public static StepOptimizer For(Module model, TrainingOptions options)
    {
        var parameters = model.parameters().Where(p => p.requires_grad).ToArray();
        if (parameters.Length == 0) throw new ArgumentException("The model has no parameter to train.", nameof(model));
        return parameters.All(p => FlatAdam.Supports(p) && p.dtype == parameters[0].dtype)
            ? new Flat(new FlatAdam(parameters, options.LearningRate, weightDecay: options.WeightDecay))
            : new Torch(torch.optim.Adam(parameters, options.LearningRate, weight_decay: options.WeightDecay));
    }

    /// <summary>The flat form; null where it is libtorch's.</summary>
    public virtual FlatAdam? Adam => null;

    /// <summary>Updates the parameters at a learning rate and clears their gradients.</summary>
    public abstract void Step(double learningRate);

    public abstract void Dispose();

    private sealed class Flat(FlatAdam adam) : StepOptimizer
    {
        public override FlatAdam? Adam => adam;

        public override void Step(double learningRate)
        {
            adam.LearningRate = learningRate;
            adam.Step();
        }

        public override void Dispose() => adam.Dispose();
    }

    private sealed class Torch(torch.optim.Optimizer adam) : StepOptimizer
    {
        public override void Step(double learningRate)
        {
            foreach (var group in adam.ParamGroups) group.LearningRate = learningRate;
            using (adam.step())
            {
                adam.zero_grad();
            }
        }

        public override void Dispose() => adam.Dispose();
    }
}
