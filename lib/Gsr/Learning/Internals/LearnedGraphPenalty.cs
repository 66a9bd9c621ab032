using Gsr.Graphs;
using Gsr.Native;
using Gsr.Penalties;
using TorchSharp;

namespace Gsr.Learning;

/// <summary>
/// The penalty of whichever graph was learned last, of one network, or of each member of an ensemble.
/// </summary>
internal sealed class LearnedGraphPenalty : IActivationPenalty, IKnownGradient, IDisposable
{
    private GraphPenalty[] _penalties = [];
    private torch.Tensor? _stacked;

    /// <summary>Takes these Laplacians, one per network, in place of those before.</summary>
    public void Replace(IReadOnlyList<Laplacian> laplacians, PenaltyForm form, double centre)
    {
        Dispose();
        _penalties = [.. laplacians.Select(laplacian => new GraphPenalty(laplacian, form, centre))];
    }

    public PenaltyValue Evaluate(torch.Tensor activations, double weight) => First.Evaluate(activations, weight);

    double IKnownGradient.Evaluate(torch.Tensor values, torch.Tensor gradient, double weight) =>
        ((IKnownGradient)First).Evaluate(values, gradient, weight);

    /// <summary>
    /// Of codes [members, batch, nodes] weight · Σ over members of the mean over their batch of zᵀLz, or of the
    /// Rayleigh quotient, by one batched product.
    /// </summary>
    public torch.Tensor EvaluateMembers(torch.Tensor codes, double weight)
    {
        using var scope = torch.NewDisposeScope();
        _stacked ??= torch.stack(_penalties.Select(p => torch.from_array(p.Laplacian.SymmetricPart.ToDense())))
            .to(codes.dtype).to(codes.device).DetachFromDisposeScope();
        codes = _penalties[0].Centred(codes);
        var products = torch.bmm(codes, _stacked) * codes;
        if (_penalties[0].Form == PenaltyForm.RayleighQuotient)
        {
            var energies = codes.Squared().sum([2L]);
            var forms = products.sum([2L]);
            // An example that is all zero has the quotient 0.
            products = torch.where(Scalars.With(0, energies.gt),
                forms / Scalars.With(float.Epsilon, energies.clamp_min), torch.zeros_like(forms));
        }

        return products.sum().Times(weight / codes.shape[1]).MoveToOuterDisposeScope();
    }

    /// <summary>That of one member, whichever graph it has at the time.</summary>
    public IKnownGradient OfMember(int member) => new Member(this, member);

    private GraphPenalty First => _penalties.Length > 0 ? _penalties[0]
        : throw new InvalidOperationException("The penalty has no graph yet.");

    /// <summary>Frees what is kept in libtorch.</summary>
    public void Dispose()
    {
        foreach (var penalty in _penalties) penalty.Release();
        _stacked?.Dispose();
        _stacked = null;
    }

    private sealed class Member(LearnedGraphPenalty all, int member) : IKnownGradient
    {
        public double Evaluate(torch.Tensor values, torch.Tensor gradient, double weight) =>
            ((IKnownGradient)all._penalties[member]).Evaluate(values, gradient, weight);
    }

    public override string ToString() => _penalties.Length > 0 ? $"{_penalties[0]}" : "zᵀLz of a graph to be learned";
}
