using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Models;

/// <summary>From the dense layers of single models to those of an ensemble, and back.</summary>
internal static class EnsembleLayers
{
    /// <summary>One layer per dense layer of the members, with copies of their weights.</summary>
    /// <param name="members">The layers of each member, outermost first; one shape for all.</param>
    /// <param name="activations">What follows each layer.</param>
    public static EnsembleLinear[] Stack(
        IReadOnlyList<IReadOnlyList<Module<torch.Tensor, torch.Tensor>>> members, IReadOnlyList<Activation> activations)
    {
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var layers = new EnsembleLinear[activations.Count];
        for (var layer = 0; layer < layers.Length; layer++)
        {
            var own = members.Select(member => (Weight: Named(member[layer], "weight"), Bias: Named(member[layer], "bias"))).ToArray();
            layers[layer] = new EnsembleLinear(
                torch.stack(own.Select(o => o.Weight.t())).DetachFromDisposeScope(),
                torch.stack(own.Select(o => o.Bias.unsqueeze(0))).DetachFromDisposeScope(),
                activations[layer]);
        }

        return layers;
    }

    /// <summary>Copies one member's present weights, in their own precision, into the layers of a single model.</summary>
    /// <param name="layers">The ensemble's, outermost first.</param>
    /// <param name="index">The member, from 0.</param>
    /// <param name="single">The single model's layers, of the same shape.</param>
    public static void Copy(IEnumerable<EnsembleLinear> layers, int index, IReadOnlyList<Module<torch.Tensor, torch.Tensor>> single)
    {
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        foreach (var (layer, own) in layers.Zip(single))
        {
            var weight = layer.WeightOf(index);
            own.to(weight.dtype);
            Named(own, "weight").copy_(weight);
            Named(own, "bias").copy_(layer.BiasOf(index));
        }
    }

    private static torch.Tensor Named(Module layer, string name) =>
        layer.named_parameters().Single(p => p.name.EndsWith(name, StringComparison.Ordinal)).parameter;
}
