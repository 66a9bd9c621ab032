using System.Globalization;
using Gsr.Analysis;
using Gsr.Analysis.Metrics;

namespace Gsr.Experiments.OwnData;

/// <summary>
/// Classes of cells: k-means on the module activations of all networks of a condition side by side. Of more than 20,000
/// cells so many are drawn at random, and the others get the nearest class.
/// </summary>
/// <remarks>
/// The module of largest |z| is no class: it makes one of the two ends of an axis. Of what was tried on labelled cells,
/// signed modules and communities of the cells' neighbour graph among it, these agree most with the labels.
/// </remarks>
public sealed class CellClasses
{
    private const double Clear = 0.75;

    private CellClasses(int[] numbers, int count, NetworkPairs agreement, double[] unexplained) =>
        (Numbers, Count, Agreement, Unexplained) = (numbers, count, agreement, unexplained);

    /// <summary>The class of each cell, from 0, larger classes first.</summary>
    public int[] Numbers { get; }

    /// <summary>How many classes were asked for.</summary>
    public int Count { get; }

    /// <summary>
    /// For each pair of networks the adjusted Rand index of as many classes that each of them gives alone.
    /// </summary>
    public NetworkPairs Agreement { get; }

    /// <summary>
    /// For each network the share of the inputs' variance that lies within the classes that it gives alone.
    /// </summary>
    public IReadOnlyList<double> Unexplained { get; }

    /// <summary>
    /// A line for each class: its cells, the modules that are clearly (¾ of a standard deviation) above or below their
    /// mean in it, such as "1+ 4−", and its commonest label.
    /// </summary>
    /// <param name="modules">Activations [cells, modules].</param>
    /// <param name="labels">Of the same cells.</param>
    public object[] Table(float[,] modules, CellLabels labels)
    {
        var means = CellPicture.Means(modules, Numbers, Count);
        return [.. Enumerable.Range(0, Count).Select(c =>
        {
            int[] cells = [.. Enumerable.Range(0, Numbers.Length).Where(cell => Numbers[cell] == c)];
            var signs = Enumerable.Range(0, modules.GetLength(1)).Where(m => Math.Abs(means[c, m]) >= Clear)
                .OrderByDescending(m => Math.Abs(means[c, m])).Select(m => $"{m + 1}{(means[c, m] > 0 ? "+" : "−")}");
            var label = cells.CountBy(cell => labels.Numbers[cell]).OrderByDescending(pair => pair.Value)
                .ThenBy(pair => pair.Key).FirstOrDefault();
            return (object)new
            {
                class_of_cells = c + 1,
                cells = cells.Length,
                modules = string.Join(" ", signs),
                commonest_label = cells.Length == 0 || !labels.AreGroups ? ""
                    : $"{labels.Names[label.Key]}, {(100.0 * label.Value / cells.Length).ToString("F0",
                        CultureInfo.InvariantCulture)} %",
            };
        })];
    }

    /// <summary>So many classes.</summary>
    /// <param name="networks">Of two seeds or more.</param>
    /// <param name="count">How many; see <see cref="ClassCount"/>.</param>
    /// <exception cref="ArgumentException">There are fewer cells, or fewer than two networks.</exception>
    public static CellClasses Of(TrainedModules networks, int count)
    {
        var all = networks.Inputs.GetLength(0);
        var sample = CellSample.Of(all, CellSample.ForClasses);
        var found = KMeans.Fit(networks.Signals(sample), count, seed: 1);
        var numbers = all == sample.Length ? found.Classes
            : [.. Enumerable.Range(0, all).Chunk(sample.Length).SelectMany(c => found.Assign(networks.Signals(c)))];
        var compared = CellSample.Of(all, CellSample.ForComparison);
        int[][] own = [.. networks.Modules.Select((m, i) =>
            KMeans.Fit(m.Signals.SelectRows(compared), count, seed: i).Classes)];
        var inputs = networks.Inputs.SelectRows(compared);
        return new(LargerFirst(numbers), count, NetworkPairs.Of(own, (a, b) => Partition.AdjustedRandIndex(a, b)),
            [.. own.Select(classes => UnexplainedShare(inputs, classes))]);
    }

    /// <summary>The share of the variance of values [points, coordinates] that lies within classes, 0 to 1.</summary>
    /// <exception cref="ArgumentException">The numbers of points differ.</exception>
    public static double UnexplainedShare(float[,] values, IReadOnlyList<int> classes)
    {
        var (rows, columns) = StandardColumns.Size(values, nameof(values));
        Arguments.Length(classes.Count, rows, nameof(classes), "point");
        var sums = new Dictionary<int, (int Size, double[] Sum)>();
        var (total, squares) = (new double[columns], 0.0);
        for (var i = 0; i < rows; i++)
        {
            if (!sums.TryGetValue(classes[i], out var own)) own = (0, new double[columns]);
            for (var j = 0; j < columns; j++)
            {
                // From the first point on, where a common offset leaves no digits behind.
                var value = (double)values[i, j] - values[0, j];
                own.Sum[j] += value;
                total[j] += value;
                squares += value * value;
            }

            sums[classes[i]] = (own.Size + 1, own.Sum);
        }

        var mean = total.Sum(value => value * value / rows);
        var between = sums.Values.Sum(c => c.Sum.Sum(value => value * value / c.Size));
        return squares > mean ? Math.Clamp((squares - between) / (squares - mean), 0, 1) : 1;
    }

    private static int[] LargerFirst(int[] classes)
    {
        int[] order = [.. classes.CountBy(own => own)
            .OrderByDescending(own => own.Value).ThenBy(own => own.Key).Select(own => own.Key)];
        return Array.ConvertAll(classes, c => Array.IndexOf(order, c));
    }
}
