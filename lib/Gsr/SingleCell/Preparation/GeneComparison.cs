namespace Gsr.SingleCell.Preparation;

/// <summary>One gene in one group against the rest: the test, both means, and the shares of cells above 0.</summary>
internal readonly record struct GeneComparison(
    double Score, double PValue, double Inside, double Outside, double ShareInside, double ShareOutside);
