using System.Globalization;
using Gsr.SingleCell;

namespace Gsr.Experiments.OwnData;

/// <summary>What is known of how cells were measured, and how much of each module it explains.</summary>
/// <param name="Name">A quantity or a grouping, such as total counts or a batch.</param>
/// <param name="Explained">
/// For each module the share of its variance: r² of a quantity, η² of a grouping; NaN where it does not vary.
/// </param>
/// <param name="Correlations">For each module Pearson's r; empty for a grouping.</param>
public sealed record Confounder(string Name, IReadOnlyList<double> Explained, IReadOnlyList<double> Correlations)
{
    /// <summary>Half of a module's variance: the module may stand for the measurement and not for the cells.</summary>
    public const double Much = 0.5;

    private static readonly string[] Quantities = ["total_counts", "n_genes_by_counts", "pct_counts_mt"];
    private static readonly string[] Scatter = ["FSC", "SSC", "Time", "Event_length"];
    private static readonly string[] Batches =
        ["batch", "donor", "sample", "plate", "chip", "lane", "run", "library", "patient", "replicate", "individual"];

    /// <summary>
    /// Of modules and the cells' columns: depth, genes detected, mitochondrial share, scatter and time of a cytometer,
    /// and columns of at most 100 values whose names speak of batches.
    /// </summary>
    /// <param name="modules">Activations [cells, modules].</param>
    /// <param name="cells">Annotations of the same cells.</param>
    /// <param name="batch">A column that is known to tell batches; "" for none.</param>
    /// <param name="besides">Columns that are none, such as the labels.</param>
    public static IReadOnlyList<Confounder> Of(
        float[,] modules, AnnotationTable cells, string batch, params string[] besides)
    {
        Arguments.Length(modules.GetLength(0), cells.Count, nameof(modules), "cell");
        List<Confounder> found = [];
        foreach (var column in cells.ColumnNames.Except(besides))
        {
            if (Quantities.Contains(column) || Scatter.Any(name => Starts(column, name)))
                found.Add(OfQuantity(column, modules, cells.Numbers(column)));
            else if ((column == batch
                || Batches.Any(name => column.Contains(name, StringComparison.OrdinalIgnoreCase)))
                && cells.Text(column) is var text && text.Distinct().Count() is > 1 and <= 100)
                found.Add(OfGroups(column, modules, text));
        }

        return found;

        static bool Starts(string column, string name) => column.StartsWith(name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A line of a table: the module that it explains best.</summary>
    public object Line()
    {
        var best = Enumerable.Range(0, Explained.Count).Where(m => !double.IsNaN(Explained[m]))
            .DefaultIfEmpty(-1).MaxBy(m => m < 0 ? 0 : Explained[m]);
        return new
        {
            measurement = Name,
            module = best < 0 ? "" : $"{best + 1}",
            correlation = best < 0 || Correlations.Count == 0 ? "" : Number(Correlations[best]),
            share_of_its_variance = best < 0 ? "does not vary" : Number(Explained[best]),
        };
    }

    /// <summary>A warning for each module of which it explains half or more.</summary>
    public IEnumerable<string> Warnings() => Explained.Select((share, m) => (share, m)).Where(e => e.share >= Much)
        .Select(e => $"WARNING: module {e.m + 1} follows {Name} (share of its variance {Number(e.share)}): it may " +
            "stand for the measurement and not for the cells.");

    private static Confounder OfQuantity(string name, float[,] modules, double[] values)
    {
        // Depth is read on a logarithmic scale.
        if (values.All(value => !(value < 0)) && name != "pct_counts_mt")
            values = Array.ConvertAll(values, value => Math.Log(1 + value));
        double[] correlations = [.. Enumerable.Range(0, modules.GetLength(1)).Select(m => Pearson(modules, m, values))];
        return new(name, Array.ConvertAll(correlations, r => r * r), correlations);
    }

    private static Confounder OfGroups(string name, float[,] modules, string?[] groups) => new(name,
        [.. Enumerable.Range(0, modules.GetLength(1)).Select(m => BetweenGroups(modules, m, groups))], []);

    private static double BetweenGroups(float[,] modules, int module, string?[] groups)
    {
        var sums = new Dictionary<string, (int Count, double Sum)>();
        double sum = 0, squares = 0;
        for (var i = 0; i < groups.Length; i++)
        {
            double value = modules[i, module];
            var own = sums.GetValueOrDefault(groups[i] ?? "");
            sums[groups[i] ?? ""] = (own.Count + 1, own.Sum + value);
            sum += value;
            squares += value * value;
        }

        var mean = sum * sum / groups.Length;
        return squares - mean > 0
            ? Math.Clamp((sums.Values.Sum(g => g.Sum * g.Sum / g.Count) - mean) / (squares - mean), 0, 1)
            : double.NaN;
    }

    /// <summary>Over the cells that have a value.</summary>
    private static double Pearson(float[,] modules, int module, double[] values)
    {
        int[] known = [.. Enumerable.Range(0, values.Length).Where(i => double.IsFinite(values[i]))];
        if (known.Length < 2) return double.NaN;
        double meanX = known.Average(i => values[i]), meanY = known.Average(i => modules[i, module]);
        double xy = 0, xx = 0, yy = 0;
        foreach (var i in known)
        {
            double x = values[i] - meanX, y = modules[i, module] - meanY;
            (xy, xx, yy) = (xy + (x * y), xx + (x * x), yy + (y * y));
        }

        return xx > 0 && yy > 0 ? Math.Clamp(xy / Math.Sqrt(xx) / Math.Sqrt(yy), -1, 1) : double.NaN;
    }

    private static string Number(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}
