using Gsr.SingleCell;

namespace Gsr.Experiments.ScRnaSeq;

/// <summary>Values of chosen genes as plain arrays, for correlations and pictures.</summary>
public static class GeneValues
{
    /// <summary>The values of some genes.</summary>
    /// <param name="matrix">The cells.</param>
    /// <param name="genes">Names of genes; all of them where null.</param>
    /// <returns>[cells, genes].</returns>
    /// <exception cref="KeyNotFoundException">There is no such gene.</exception>
    public static double[,] ValuesOf(this AnnotatedMatrix matrix, IReadOnlyList<string>? genes = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        genes ??= matrix.GeneTable.Names;
        var values = new double[matrix.CellCount, genes.Count];
        for (int gene = 0; gene < genes.Count; gene++)
        {
            float[] column = matrix.Gene(genes[gene]);
            for (int cell = 0; cell < column.Length; cell++)
                values[cell, gene] = column[cell];
        }
        return values;
    }
}
