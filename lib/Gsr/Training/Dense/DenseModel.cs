using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace Gsr.Training;

/// <summary>What follows a dense layer's sums; the derivative of each is known from its value.</summary>
internal enum DenseActivation
{
    None,
    ReLU,
    LeakyReLU,
    Tanh,
    Sigmoid,
}

/// <summary>What a dense model is trained for.</summary>
internal enum DenseLoss
{
    /// <summary>Squared error of the examples' reconstruction, mean over examples and dimensions.</summary>
    Reconstruction,

    /// <summary>Cross-entropy of class scores and labels (the second tensor of a batch), mean over examples.</summary>
    CrossEntropy,
}

/// <summary>One layer.</summary>
/// <param name="Block">The module whose output a penalty sees: what follows the activation.</param>
/// <param name="Weight">[outputs, inputs]; of an ensemble [members, inputs, outputs].</param>
/// <param name="Bias">[outputs]; of an ensemble [members, 1, outputs].</param>
/// <param name="Activation">What follows the sums.</param>
internal sealed record DenseLayer(
    Module<torch.Tensor, torch.Tensor> Block, Parameter Weight, Parameter Bias, DenseActivation Activation)
{
    /// <summary>Whether it holds the weights of many members, the other way round than a layer alone.</summary>
    public bool IsStacked { get; } = Weight.dim() == 3;

    public int Inputs { get; } = (int)Weight.shape[1];

    public int Outputs { get; } = (int)Bias.shape[^1];
}

/// <summary>A model of dense layers in a row, as the fused step computes it.</summary>
/// <param name="Layers">First to last.</param>
/// <param name="Loss">The task.</param>
/// <param name="LossName">The name of its term.</param>
internal sealed record DenseModel(IReadOnlyList<DenseLayer> Layers, DenseLoss Loss, string LossName)
{
    /// <summary>The layer on whose output noise is added for the next one, while training; -1 for none.</summary>
    public int NoisyLayer { get; init; } = -1;

    /// <summary>The standard deviation of that noise.</summary>
    public double Noise { get; init; }

    /// <summary>
    /// The layer beside the noisy one that gives the logarithm of its noise's variance, for each example and feature;
    /// null where that is <see cref="Noise"/>.
    /// </summary>
    public DenseLayer? LogVariance { get; init; }

    /// <summary>The weight of the divergence of such a code from the normal distribution, mean over examples.</summary>
    public double DivergenceWeight { get; init; }

    /// <summary>All layers with parameters.</summary>
    public IEnumerable<DenseLayer> AllLayers => LogVariance is { } beside ? [.. Layers, beside] : Layers;

    /// <summary>
    /// The share of each layer's output, but of the last one's, that the next one does not see in training.
    /// </summary>
    public double Dropout { get; init; }

    /// <summary>The random state of each member.</summary>
    public required IReadOnlyList<torch.Generator> Random { get; init; }
}

/// <summary>A model that is nothing but dense layers in a row.</summary>
internal interface IDenseModel
{
    /// <summary>Its layers, and its own objective; null where something else is between them.</summary>
    DenseModel? Dense { get; }

    /// <summary>The method of the model that is its objective.</summary>
    Objective Objective { get; }
}
