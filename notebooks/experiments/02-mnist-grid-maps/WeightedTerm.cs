using Gsr.Native;
using Gsr.Training;
using TorchSharp;

namespace Gsr.Experiments.GridMaps;

/// <summary>Terms of a loss with a weight that changes from step to step.</summary>
public static class WeightedTerm
{
    /// <summary>A scalar times a weight, under a name.</summary>
    public static LossTerm Weighted(this torch.Tensor value, string name, double weight) =>
        new(name, value.Times(weight));
}
