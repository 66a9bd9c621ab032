using Gsr.SingleCell;

namespace Gsr.Experiments;

/// <summary>Values of chosen genes as plain arrays, for correlations and pictures.</summary>
public static class GeneValues
{
    /// <summary>The values [cells, genes] of some genes, in their order; of all where null.</summary>
    /// <exception cref="KeyNotFoundException">There is no such gene.</exception>
    public static double[,] ValuesOf(this AnnotatedMatrix matrix, IReadOnlyList<string>? genes = null)
    {
        genes ??= matrix.GeneTable.Names;
        var values = new double[matrix.CellCount, genes.Count];
        for (var gene = 0; gene < genes.Count; gene++)
        {
            var column = matrix.Gene(genes[gene]);
            for (var cell = 0; cell < column.Length; cell++) values[cell, gene] = column[cell];
        }

        return values;
    }
}
