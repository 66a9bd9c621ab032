namespace Gsr.SingleCell.Preparation;

/// <summary>How a gene's values in a group of cells are compared with those of all other cells.</summary>
public enum MarkerTest
{
    /// <summary>Welch's t, for unequal variances; two-sided, scanpy's default.</summary>
    WelchT,

    /// <summary>
    /// The rank-sum test of Wilcoxon, Mann and Whitney by its normal approximation, two-sided, the variance corrected for
    /// ties, without correction for continuity.
    /// </summary>
    Wilcoxon,
}
