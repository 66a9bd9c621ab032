using TorchSharp;

namespace Gsr.Penalties;

/// <summary>One penalty of one step.</summary>
/// <param name="Name">The attachment's name.</param>
/// <param name="Term">Weight times penalty, a scalar with a gradient; owned by whoever received it.</param>
/// <param name="Value">The penalty without its weight.</param>
/// <param name="Weight">α at this step.</param>
public sealed record PenaltyTerm(string Name, torch.Tensor Term, double Value, double Weight);
