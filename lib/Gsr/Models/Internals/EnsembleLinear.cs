using Gsr.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace Gsr.Models;

/// <summary>One dense layer of each member of an ensemble: [members, n, in] to [members, n, out].</summary>
internal sealed class EnsembleLinear : Module<torch.Tensor, torch.Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Module<torch.Tensor, torch.Tensor>? activation;

    /// <summary>
    /// Takes over weights [members, in, out], whose gradient then has their layout and is added without a
    /// transposition, and biases [members, 1, out].
    /// </summary>
    public EnsembleLinear(torch.Tensor weights, torch.Tensor biases, Activation activation)
        : base(nameof(EnsembleLinear))
    {
        weight = new Parameter(weights);
        bias = new Parameter(biases);
        this.activation = Layers.ModuleOf(activation);
        RegisterComponents();
    }

    /// <summary>A member's weights as a single layer has them, [out, in], a view that the caller owns.</summary>
    public torch.Tensor WeightOf(int member)
    {
        using var own = weight[member];
        return own.t();
    }

    /// <summary>A member's biases, a view that the caller owns.</summary>
    public torch.Tensor BiasOf(int member) => bias[member, 0];

    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        // Not baddbmm, which would be one call: TorchSharp 0.107 hands its three tensors on in another order.
        var sums = torch.bmm(input, weight).Plus(bias);
        return (activation?.call(sums) ?? sums).MoveToOuterDisposeScope();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            weight.Dispose();
            bias.Dispose();
        }

        base.Dispose(disposing);
    }
}
