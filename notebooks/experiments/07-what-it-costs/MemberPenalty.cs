using Gsr.Penalties;

namespace Gsr.Experiments.Costs;

/// <summary>The penalty of one member of an ensemble.</summary>
/// <param name="Penalty">Of any kind; null for none.</param>
/// <param name="Weight">Its α, finite and not negative.</param>
public sealed record MemberPenalty(IActivationPenalty? Penalty, double Weight)
{
    /// <summary>No penalty.</summary>
    public static MemberPenalty None { get; } = new(null, 0);
}
