using Gsr.Penalties;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Experiments.Costs;

/// <summary>One network: its penalty, the weight and the seed. Networks of one seed start alike.</summary>
/// <param name="Name">Such as "GSR"; networks without a penalty are called "none".</param>
/// <param name="Weight">α; 0 without a penalty.</param>
/// <param name="Penalty">Null for none.</param>
/// <param name="Seed">Of weights and of the order of the images.</param>
public sealed record PenaltyRun(string Name, double Weight, IActivationPenalty? Penalty, int Seed)
{
    /// <summary>Its penalty on a layer; the caller owns it.</summary>
    public Regularizer On(Module<torch.Tensor, torch.Tensor> layer)
    {
        var regularizer = new Regularizer();
        return Penalty is null || Weight == 0 ? regularizer : regularizer.Add(layer, Penalty, Weight);
    }

    /// <summary>A network without a penalty.</summary>
    public static PenaltyRun None(int seed) => new("none", 0, null, seed);
}
