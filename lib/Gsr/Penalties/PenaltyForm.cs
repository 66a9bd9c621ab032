namespace Gsr.Penalties;

/// <summary>What a graph penalty measures on each example z of a batch, before the mean over the batch.</summary>
public enum PenaltyForm
{
    /// <summary>zᵀLz = ½ Σᵢⱼ wᵢⱼ (zᵢ - zⱼ)², the paper's penalty; lowered also by shrinking z.</summary>
    QuadraticForm,
    /// <summary>zᵀLz / zᵀz, which does not change when z is scaled; 0 for an example that is all zero.</summary>
    RayleighQuotient,
}
