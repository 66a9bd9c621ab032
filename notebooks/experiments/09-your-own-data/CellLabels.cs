using System.Globalization;
using Gsr.SingleCell;

namespace Gsr.Experiments.OwnData;

/// <summary>What a column says of the cells: groups, or a quantity such as a pseudotime, an age or a dose.</summary>
/// <param name="Names">The groups that occur, sorted; "cell" alone where there is no column, or a quantity.</param>
/// <param name="Numbers">The group of each cell, from 0.</param>
/// <param name="Quantity">The quantity of each cell, NaN where it is missing; null for groups.</param>
public sealed record CellLabels(IReadOnlyList<string> Names, int[] Numbers, double[]? Quantity)
{
    private const int MostGroups = 100;

    /// <summary>Whether there is more than one group to compare with.</summary>
    public bool AreGroups => Names.Count > 1;

    /// <summary>
    /// Those of a column; "(none)" where a cell has no value. Numbers are a quantity, unless they are whole and number
    /// groups: at most 100 different ones, that fill at least half of their range.
    /// </summary>
    /// <param name="cells">The cells' annotations.</param>
    /// <param name="column">The column's name, "" for none.</param>
    /// <exception cref="ArgumentException">There are more than 100 different texts.</exception>
    public static CellLabels Of(AnnotationTable cells, string column)
    {
        if (column.Length == 0) return new(["cell"], new int[cells.Count], null);
        var text = cells.Text(column);
        if (QuantityOf(text) is { } quantity) return new(["cell"], new int[cells.Count], quantity);
        var labels = Array.ConvertAll(text, value => value ?? "(none)");
        string[] names = [.. labels.Distinct().Order(StringComparer.Ordinal)];
        NotebookParameter.Between($"The number of values in LABEL = {column}", names.Length, 1, MostGroups,
            "a column of groups or of numbers, not of names");
        var numbers = names.Select((name, number) => (name, number)).ToDictionary(n => n.name, n => n.number);
        return new(names, Array.ConvertAll(labels, name => numbers[name]), null);
    }

    /// <summary>Such as "5 groups" or "a quantity from 0 to 12".</summary>
    public override string ToString() => Quantity is null
        ? AreGroups ? $"{Names.Count} groups" : "no groups"
        : string.Create(CultureInfo.InvariantCulture,
            $"a quantity from {Finite(Quantity).Min():g4} to {Finite(Quantity).Max():g4}");

    private static IEnumerable<double> Finite(double[] values) => values.Where(double.IsFinite);

    private static double[]? QuantityOf(string?[] text)
    {
        var values = new double[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            values[i] = double.NaN;
            if (text[i] is null or "" or "NA" or "NaN" or "nan") continue;
            if (!double.TryParse(text[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i])) return null;
        }

        var different = Finite(values).Distinct().ToArray();
        if (different.Length < 2) return null;
        var range = different.Max() - different.Min() + 1;
        var numbered = different.Length <= MostGroups && different.All(double.IsInteger)
            && 2 * different.Length >= range;
        return numbered ? null : values;
    }
}
