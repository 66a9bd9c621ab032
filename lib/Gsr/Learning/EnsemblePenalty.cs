using Gsr.Graphs;
using Gsr.Native;
using Gsr.Penalties;
using TorchSharp;

namespace Gsr.Learning;

/// <summary>The graph penalty of each member of an ensemble with its own Laplacian, by one batched product.</summary>
internal sealed class EnsemblePenalty(PenaltyForm form) : IDisposable
{
    private torch.Tensor? _laplacians;

    /// <summary>Takes the members' Laplacians in place of those before.</summary>
    public void Replace(IReadOnlyList<Laplacian> laplacians, torch.ScalarType type, torch.Device device)
    {
        using var scope = torch.NewDisposeScope();
        var stacked = torch.stack(laplacians.Select(l => torch.from_array(l.SymmetricPart.ToDense()))).to(type).to(device);
        _laplacians?.Dispose();
        _laplacians = stacked.DetachFromDisposeScope();
    }

    /// <summary>weight · Σ over members of the mean over their batch of zᵀLz, or of the Rayleigh quotient.</summary>
    /// <param name="codes">[members, batch, nodes].</param>
    /// <param name="weight">α.</param>
    public torch.Tensor Evaluate(torch.Tensor codes, double weight)
    {
        using var scope = torch.NewDisposeScope();
        var products = torch.bmm(codes, _laplacians!) * codes;
        if (form == PenaltyForm.RayleighQuotient)
        {
            var energies = codes.Squared().sum([2L]);
            var forms = products.sum([2L]);
            // An example that is all zero has the quotient 0.
            products = torch.where(energies.gt(0), forms / energies.clamp_min(float.Epsilon), torch.zeros_like(forms));
        }

        return products.sum().Times(weight / codes.shape[1]).MoveToOuterDisposeScope();
    }

    public void Dispose() => _laplacians?.Dispose();
}
