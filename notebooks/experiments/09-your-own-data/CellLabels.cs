using Gsr.SingleCell;

namespace Gsr.Experiments.OwnData;

/// <summary>The labels of cells, numbered in the order of their names.</summary>
/// <param name="Names">The labels that occur, sorted; "cell" alone where there is no column.</param>
/// <param name="Numbers">One per cell, from 0.</param>
public sealed record CellLabels(IReadOnlyList<string> Names, int[] Numbers)
{
    /// <summary>Those of a column; "(none)" where a cell has no value.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="column">The column's name, "" for none.</param>
    /// <exception cref="ArgumentException">There are more than 100 labels.</exception>
    public static CellLabels Of(AnnotatedMatrix cells, string column)
    {
        string[] labels = column.Length == 0
            ? [.. cells.CellTable.Names.Select(_ => "cell")]
            : [.. cells.CellTable.Text(column).Select(text => text ?? "(none)")];
        string[] names = [.. labels.Distinct().Order(StringComparer.Ordinal)];
        NotebookParameter.Between($"The number of values in LABEL = {column}", names.Length, 1, 100,
            "a column of groups, not of measurements");
        return new(names, [.. labels.Select(name => Array.IndexOf(names, name))]);
    }
}
