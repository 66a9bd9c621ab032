using Gsr.SingleCell.Reading;

namespace Gsr.SingleCell.Preparation;

/// <summary>Which cells and genes an option names; a wrong name lists the choices.</summary>
internal static class InputSelection
{
    private const string MarkerColumn = "marker", ChannelColumn = "channel";

    /// <summary>Whether these are a cytometer's channels, of which the column marker says what they measure.</summary>
    public static bool AreChannels(AnnotationTable genes) =>
        genes.ColumnNames.Contains(MarkerColumn) && genes.ColumnNames.Contains(ChannelColumn);

    /// <summary>For each cell whether it has the value that was asked for.</summary>
    public static bool[] Subset(AnnotationTable cells, (string Column, string Value)? subset, List<string> steps)
    {
        var isIn = new bool[cells.Count];
        if (subset is not var (column, value))
        {
            Array.Fill(isIn, true);
            return isIn;
        }
        var values = Column(cells, column, nameof(NetworkInputOptions.Subset));
        for (var cell = 0; cell < isIn.Length; cell++) isIn[cell] = values[cell] == value;
        NetworkInputOptions.Holds(isIn.Contains(true), nameof(NetworkInputOptions.Subset), $"{column} = {value}",
            $"a value of '{column}': {Listed(values.Distinct())}");
        steps.Add($"{isIn.Count(own => own)} of {isIn.Length} cells have the value '{value}' in '{column}'.");
        return isIn;
    }

    /// <summary>The values of a column, one per cell.</summary>
    public static string[] Column(AnnotationTable cells, string column, string option)
    {
        NetworkInputOptions.Holds(cells.ColumnNames.Contains(column), option, column,
            $"a column of the cells: {Listed(cells.ColumnNames)}");
        return Array.ConvertAll(cells.Text(column), value => value ?? "(none)");
    }

    /// <summary>The genes that inputs are made of; null for all.</summary>
    public static bool[]? Features(AnnotationTable genes, IReadOnlyList<string>? wanted, List<string> steps)
    {
        if (wanted is null)
        {
            if (!AreChannels(genes)) return null;
            bool[] markers = [.. genes.Numbers(MarkerColumn).Select(value => value == 1)];
            if (!markers.Contains(false) || !markers.Contains(true)) return null;
            steps.Add($"The channels {Listed(genes.Names.Where((_, i) => !markers[i]))} are no markers and are left "
                + "out of the inputs.");
            return markers;
        }
        var chosen = new bool[genes.Count];
        foreach (var name in wanted)
        {
            var at = Find(genes, name);
            NetworkInputOptions.Holds(at >= 0, nameof(NetworkInputOptions.Features), name,
                $"genes or channels of the file: {Listed(Near(genes.Names, name))}");
            chosen[at] = true;
        }
        steps.Add($"{chosen.Count(own => own)} of {chosen.Length} genes or channels were asked for.");
        return chosen;
    }

    /// <summary>Some of the cells at random, in their order.</summary>
    public static int[] Sample(int[] cells, int? most, int seed, List<string> steps)
    {
        if (most is not { } count || cells.Length <= count) return cells;
        var sample = cells.ToArray();
        new Random(seed).Shuffle(sample);
        Array.Resize(ref sample, count);
        Array.Sort(sample);
        steps.Add($"A random sample of {count} of these {cells.Length} cells was taken (seed {seed}).");
        return sample;
    }

    // A cytometer's channel has two names, and a gene an identifier.
    private static int Find(AnnotationTable genes, string name)
    {
        var at = genes.IndexOf(name);
        foreach (var column in new[] { ChannelColumn, "gene_ids" })
        {
            if (at < 0 && genes.ColumnNames.Contains(column)) at = Array.IndexOf(genes.Text(column), name);
        }
        return at;
    }

    // Those that differ by capitals or hold the name come first.
    private static IEnumerable<string> Near(IReadOnlyList<string> names, string name) => names
        .OrderByDescending(other => other.Equals(name, StringComparison.OrdinalIgnoreCase))
        .ThenByDescending(other => name.Length > 1 && other.Contains(name, StringComparison.OrdinalIgnoreCase));

    private static string Listed(IEnumerable<string?> names) => Remarks.Listed([.. names.Select(name => name ?? "")]);
}
