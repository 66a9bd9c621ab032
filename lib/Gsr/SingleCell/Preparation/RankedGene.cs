namespace Gsr.SingleCell.Preparation;

/// <summary>How well a gene marks a group of cells.</summary>
/// <param name="Gene">Its name.</param>
/// <param name="Score">t or z; positive where the gene is higher in the group.</param>
/// <param name="PValue">Two-sided, for this gene alone.</param>
/// <param name="AdjustedPValue">Corrected for the number of genes.</param>
/// <param name="LogFoldChange">
/// log₂((exp(a) - 1 + 1e-9) / (exp(b) - 1 + 1e-9)) of the mean a in the group and b outside, as scanpy takes it: it is meant
/// for log-normalised values.
/// </param>
/// <param name="ShareInside">Share of the group's cells with a value above 0.</param>
/// <param name="ShareOutside">Share of the other cells with a value above 0.</param>
public sealed record RankedGene(string Gene, double Score, double PValue, double AdjustedPValue,
    double LogFoldChange, double ShareInside, double ShareOutside);
