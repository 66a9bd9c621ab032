using Gsr.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace Gsr.Models;

/// <summary>What follows a layer's weights.</summary>
public enum Activation
{
    /// <summary>Nothing: the layer is linear.</summary>
    None,
    /// <summary>max(x, 0).</summary>
    ReLU,
    /// <summary>max(x, 0.2 x), the paper's everywhere but on the embedding and on the output.</summary>
    LeakyReLU,
    /// <summary>Hyperbolic tangent, for data in [-1, 1].</summary>
    Tanh,
    /// <summary>Logistic function, for data in [0, 1].</summary>
    Sigmoid,
}

/// <summary>Modules of the activations and the initialisation that suits them.</summary>
internal static class Layers
{
    public static Module<torch.Tensor, torch.Tensor>? ModuleOf(Activation activation) => activation switch
    {
        Activation.None => null,
        Activation.ReLU => ReLU(),
        Activation.LeakyReLU => new LeakyReLU(),
        Activation.Tanh => Tanh(),
        Activation.Sigmoid => Sigmoid(),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Unknown activation."),
    };

    /// <summary>A dense block, named "linear" and "activation" within; its output is what a penalty sees.</summary>
    public static Module<torch.Tensor, torch.Tensor> Dense(int inputs, int outputs, Activation activation)
    {
        var linear = Linear(inputs, outputs);
        return ModuleOf(activation) is { } function ? Sequential(("linear", linear), ("activation", function)) : linear;
    }

    /// <summary>A dense block as the fused step has it.</summary>
    public static DenseLayer DenseLayer(Module<torch.Tensor, torch.Tensor> block, Activation activation)
    {
        var parameters = block.named_parameters().ToDictionary(p => p.name.Split('.')[^1], p => p.parameter);
        return new DenseLayer(block, parameters["weight"], parameters["bias"], (DenseActivation)activation);
    }

    /// <summary>The blocks of a chain as the fused step has them.</summary>
    public static IEnumerable<DenseLayer> DenseLayers(Sequential chain, Activation hidden, Activation last)
    {
        Module<torch.Tensor, torch.Tensor>[] blocks = [.. chain.children().Cast<Module<torch.Tensor, torch.Tensor>>()];
        return blocks.Select((block, i) => DenseLayer(block, i == blocks.Length - 1 ? last : hidden));
    }

    /// <summary>Dense blocks in a row, named "hidden1", "hidden2", …, and the last one as given.</summary>
    public static Sequential Chain(int[] widths, Activation hidden, string last, Activation lastActivation) =>
        Sequential(Enumerable.Range(1, widths.Length - 1).Select(i => i == widths.Length - 1
            ? (last, Dense(widths[i - 1], widths[i], lastActivation))
            : ($"hidden{i}", Dense(widths[i - 1], widths[i], hidden))));

    /// <summary>
    /// He et al. 2015: normal weights of variance 2 / fan-in, zero biases; of convolutions and dense layers.
    /// </summary>
    public static void HeInitialise(Module model)
    {
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        foreach (var (name, parameter) in model.named_parameters())
        {
            if (parameter.dim() > 1)
            {
                init.kaiming_normal_(
                    parameter, a: 0, mode: init.FanInOut.FanIn, nonlinearity: init.NonlinearityType.ReLU);
            }
            else if (name.EndsWith("bias", StringComparison.Ordinal))
                init.zeros_(parameter);
        }
    }
}
