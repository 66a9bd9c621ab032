using System.Globalization;
using Deedle;

namespace Gsr.Experiments;

/// <summary>The runs of a sweep that are done, from the table that <c>gsr sweep --collect</c> makes.</summary>
/// <example><code>
/// var swept = SweptRuns.Read("TABLE", "../sweeps/grid/table.csv")!;
/// swept.Of("ALPHA", "GSR: Moran's I")
/// </code></example>
public sealed class SweptRuns
{
    private readonly Frame<int, string> _done;
    private readonly string _path;

    private SweptRuns(Frame<int, string> done, string path) => (_done, _path) = (done, path);

    /// <summary>How many runs are done.</summary>
    public int Count => _done.RowCount;

    /// <summary>Reads the table that a notebook's parameter names; null where it names none.</summary>
    /// <param name="name">The parameter's name, for errors.</param>
    /// <param name="path">table.csv of a sweep, or "".</param>
    /// <exception cref="ArgumentException">There is no such file, it is no sweep's table, or no run is done.</exception>
    public static SweptRuns? Read(string name, string path)
    {
        if (path.Length == 0) return null;
        var all = Frame.ReadCsv(NotebookParameter.ExistingPath(name, path), culture: "");
        if (!all.ColumnKeys.Contains("state"))
            throw new ArgumentException(
                $"{name} is \"{path}\", which is no table of a sweep; give the table.csv of gsr sweep --collect DIR.");
        var done = all.Where(row => row.Value.TryGetAs<string>("state").OrDefault("") == "done");
        return done.RowCount > 0 ? new SweptRuns(done, path) : throw new ArgumentException(
            $"{name} is \"{path}\", and none of its {all.RowCount} runs is done; gsr sweep --resume DIR runs them.");
    }

    /// <summary>A result of every run that has it, in the table's order: a run's mean where it had replicates.</summary>
    /// <exception cref="ArgumentException">No run has it.</exception>
    public Replicates Of(string result) => Of(_done, result);

    /// <summary>For each of <see cref="Values"/> a result of the runs that had it.</summary>
    /// <exception cref="ArgumentException">No run has the parameter, or a value has no result.</exception>
    public IReadOnlyList<double>[] Of(string parameter, string result)
    {
        var values = Numbers(_done, parameter);
        return [.. Values(parameter).Select(value => Of(
            _done.Where(row => values.TryGet(row.Key).OrDefault(double.NaN) == value), result).Values)];
    }

    /// <summary>The values of a parameter over zero, ascending.</summary>
    /// <exception cref="ArgumentException">No run has the parameter as a number.</exception>
    public double[] Values(string parameter) =>
        [.. Numbers(_done, parameter).Values.Where(value => value > 0).Distinct().Order()];

    private Replicates Of(Frame<int, string> runs, string result) => new(Numbers(runs, result).Values);

    private Series<int, double> Numbers(Frame<int, string> runs, string column)
    {
        var numbers = runs.ColumnKeys.Contains(column)
            ? runs.GetColumn<object>(column).Where(cell => cell.Value is IConvertible and not string)
                .SelectValues(cell => Convert.ToDouble(cell, CultureInfo.InvariantCulture))
            : null;
        return numbers is { ValueCount: > 0 } ? numbers.DropMissing() : throw new ArgumentException(
            $"{_path} has no number \"{column}\"; its columns are {string.Join(", ", _done.ColumnKeys)}.");
    }
}
