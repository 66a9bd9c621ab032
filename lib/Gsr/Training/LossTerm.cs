using TorchSharp;

namespace Gsr.Training;

/// <summary>One named part of the task loss.</summary>
/// <param name="Name">Such as "reconstruction".</param>
/// <param name="Value">A scalar tensor with a gradient, owned by the training step's dispose scope.</param>
public readonly record struct LossTerm(string Name, torch.Tensor Value);
