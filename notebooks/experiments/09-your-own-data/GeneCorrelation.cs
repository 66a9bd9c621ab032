namespace Gsr.Experiments.OwnData;

/// <summary>A gene, or channel, and Pearson's correlation of a node's activation with it.</summary>
public readonly record struct GeneCorrelation(string Gene, double Correlation)
{
    /// <summary>Such as "CD79A", or "−CD3D" for a gene that falls as the activation rises.</summary>
    public override string ToString() => Correlation < 0 ? "−" + Gene : Gene;
}
