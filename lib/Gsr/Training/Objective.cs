using TorchSharp;

namespace Gsr.Training;

/// <summary>
/// A model's task: from a batch to the terms whose sum is minimised. It runs inside the step's dispose scope and frees
/// nothing.
/// </summary>
public delegate IReadOnlyList<LossTerm> Objective(IReadOnlyList<torch.Tensor> batch);
