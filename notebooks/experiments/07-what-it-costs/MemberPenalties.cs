using Gsr.Native;
using Gsr.Penalties;
using TorchSharp;

namespace Gsr.Experiments.Costs;

/// <summary>
/// Each member of an ensemble with a penalty and a weight of its own on the same layer, so that a sweep over weights,
/// or kinds of penalty side by side, train as one batched model.
/// </summary>
/// <remarks>
/// The term is the sum over members of weight times penalty: no member sees another's in its gradient. Members without
/// a penalty cost nothing.
/// </remarks>
public sealed class MemberPenalties : IActivationPenalty
{
    private readonly MemberPenalty[] _members;

    /// <summary>Makes the penalties of an ensemble, one per member in their order.</summary>
    /// <exception cref="ArgumentException">There is no member, or a weight is negative or not finite.</exception>
    public MemberPenalties(IReadOnlyList<MemberPenalty> members)
    {
        Arguments.NotEmpty(members, nameof(members), "penalty, one per member of the ensemble");
        for (var m = 0; m < members.Count; m++)
        {
            var weight = members[m].Weight;
            Arguments.Option(weight >= 0 && double.IsFinite(weight), $"members[{m}].Weight", weight,
                "finite and not negative");
        }

        _members = [.. members];
    }

    /// <summary>
    /// From activations [members, batch, …] to weight · Σ over members of αₘ Gₘ, and as its value Σ αₘ Gₘ.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The activations are of another number of members, or do not fit a member's penalty.
    /// </exception>
    public PenaltyValue Evaluate(torch.Tensor activations, double weight)
    {
        if (activations.dim() < 2 || activations.shape[0] != _members.Length)
        {
            throw new ArgumentException(
                $"The activations have shape [{string.Join(", ", activations.shape)}], "
                + $"but there are penalties for {_members.Length} members: "
                + $"they need [{_members.Length}, batch, nodes].", nameof(activations));
        }

        using var scope = torch.NewDisposeScope();
        // One operation for all slices, whose backward stacks the gradients; indexing would fill one whole tensor per
        // member.
        var slices = activations.unbind(0);
        torch.Tensor? sum = null;
        double value = 0;
        for (var m = 0; m < _members.Length; m++)
        {
            if (_members[m].Penalty is not { } penalty || _members[m].Weight == 0) continue;
            var (term, own) = penalty.Evaluate(slices[m], weight * _members[m].Weight);
            sum = sum is null ? term : sum.Plus(term);
            value += _members[m].Weight * own;
        }

        sum ??= torch.zeros([], activations.dtype, activations.device);
        return new PenaltyValue(sum.MoveToOuterDisposeScope(), value);
    }

    /// <summary>Such as "20 members: none x 10, 0.001 x (Σ|z|) x 10".</summary>
    public override string ToString() => $"{_members.Length} members: " + string.Join(", ", _members
        .Select(m => m.Penalty is null || m.Weight == 0 ? "none" : FormattableString.Invariant(
            $"{m.Weight:g4} x ({m.Penalty})"))
        .GroupBy(text => text)
        .Select(group => $"{group.Key} x {group.Count()}"));
}
