namespace Gsr.Experiments.OwnData;

/// <summary>A gene and how a node's activation goes with it.</summary>
/// <param name="Gene">The gene's name, or the channel's.</param>
/// <param name="Correlation">Pearson's, -1 to 1.</param>
public readonly record struct GeneCorrelation(string Gene, double Correlation)
{
    /// <summary>Such as "CD79A" or "−CD3D" for a gene that falls as the activation rises.</summary>
    public override string ToString() => Correlation < 0 ? "−" + Gene : Gene;
}
