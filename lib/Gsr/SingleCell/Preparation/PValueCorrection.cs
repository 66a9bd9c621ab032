namespace Gsr.SingleCell.Preparation;

/// <summary>How p values are corrected for the number of genes tested.</summary>
public enum PValueCorrection
{
    /// <summary>Bounds the expected share of false discoveries: of ascending p values the least of pₖ m / k from each on.</summary>
    BenjaminiHochberg,

    /// <summary>Bounds the probability of a single false discovery: p m, at most 1.</summary>
    Bonferroni,
}
