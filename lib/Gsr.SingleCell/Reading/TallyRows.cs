namespace Gsr.SingleCell.Reading;

/// <summary>
/// What becomes of HTSeq's tallies (no_feature, ambiguous, too_low_aQual, not_aligned, alignment_not_unique, also with
/// two underscores before), which stand among the genes and count reads of none.
/// </summary>
public enum TallyRows
{
    /// <summary>They become columns of the cells, such as "htseq_no_feature".</summary>
    Separate,

    /// <summary>They stay, as genes.</summary>
    Keep,
}
