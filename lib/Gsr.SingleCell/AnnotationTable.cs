using System.Globalization;

namespace Gsr.SingleCell;

/// <summary>
/// What is known of each cell, or of each gene: a unique name and columns of strings, numbers or truth values. It never
/// changes; <see cref="With{T}"/> gives another table.
/// </summary>
public sealed class AnnotationTable
{
    private readonly string[] _names;
    private readonly List<KeyValuePair<string, Array>> _columns;
    private Dictionary<string, int>? _places;

    /// <summary>A table without columns.</summary>
    /// <param name="names">The names; repeated ones are made unique by "-1", "-2", ... as scanpy does.</param>
    public AnnotationTable(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        (_names, RenamedCount) = UniqueNames.Make([.. names.Select(name => name ?? "")]);
        _columns = [];
    }

    private AnnotationTable(string[] names, int renamed, List<KeyValuePair<string, Array>> columns) =>
        (_names, RenamedCount, _columns) = (names, renamed, columns);

    /// <summary>A table of names "0", "1", ... as given to what has none.</summary>
    internal static AnnotationTable Numbered(int count) => new(
        [.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))], 0, []);

    /// <summary>Number of cells or genes.</summary>
    public int Count => _names.Length;

    /// <summary>Their names, each once.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>How many names got a suffix because an earlier one was the same.</summary>
    public int RenamedCount { get; }

    /// <summary>Names of the columns, in their order.</summary>
    public IEnumerable<string> ColumnNames => _columns.Select(column => column.Key);

    /// <summary>The place of a name, from 0; -1 where there is none such.</summary>
    public int IndexOf(string name)
    {
        if (_places is null)
        {
            var places = new Dictionary<string, int>(_names.Length, StringComparer.Ordinal);
            for (var i = 0; i < _names.Length; i++) places[_names[i]] = i;
            _places = places;
        }
        return _places.GetValueOrDefault(name, -1);
    }

    /// <summary>A column as text: numbers in invariant form, true or false, null where a value is missing.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column; the message lists those there are.</exception>
    public string?[] Text(string column) => Column(column) switch
    {
        string?[] text => (string?[])text.Clone(),
        double[] numbers =>
            Array.ConvertAll(numbers, n => double.IsNaN(n) ? null : FormattableString.Invariant($"{n:R}")),
        bool[] flags => Array.ConvertAll(flags, flag => flag ? "true" : "false"),
        Array other => [.. other.Cast<IFormattable>().Select(n => n.ToString(null, null))],
    };

    /// <summary>A column as numbers: false and true are 0 and 1, missing values NaN.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column; the message lists those there are.</exception>
    /// <exception cref="InvalidOperationException">The column holds text.</exception>
    public double[] Numbers(string column) => Column(column) switch
    {
        double[] numbers => (double[])numbers.Clone(),
        long[] numbers => Array.ConvertAll(numbers, n => (double)n),
        bool[] flags => Array.ConvertAll(flags, flag => flag ? 1.0 : 0.0),
        _ => throw new InvalidOperationException($"The column '{column}' holds text; ask for it by {nameof(Text)}."),
    };

    /// <summary>The table with one more column, or with another in its place.</summary>
    /// <typeparam name="T">string, double, float, int, long or bool.</typeparam>
    /// <param name="column">The column's name.</param>
    /// <param name="values">One value per name; the array is not copied where its type is kept.</param>
    /// <exception cref="ArgumentException">Values are not as many as names, or of another type.</exception>
    public AnnotationTable With<T>(string column, T[] values)
    {
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != Count)
        {
            throw new ArgumentException(
                $"The column '{column}' has {values.Length} values; there are {Count} names.", nameof(values));
        }
        Array kept = values switch
        {
            string[] or double[] or bool[] => values,
            // Arrays of signed and unsigned integers pass for each other at run time: the element type decides.
            long[] when typeof(T) == typeof(long) => values,
            int[] numbers when typeof(T) == typeof(int) => Array.ConvertAll(numbers, n => (long)n),
            float[] numbers => Array.ConvertAll(numbers, n => (double)n),
            _ => throw new ArgumentException(
                $"The column '{column}' is of {typeof(T).Name}; use string, double, float, int, long or bool.",
                nameof(values)),
        };
        List<KeyValuePair<string, Array>> columns = [.. _columns];
        var at = columns.FindIndex(pair => pair.Key == column);
        var added = KeyValuePair.Create(column, kept);
        if (at < 0) columns.Add(added);
        else columns[at] = added;
        return new AnnotationTable(_names, RenamedCount, columns);
    }

    /// <summary>The table with one more column of any type that <see cref="With{T}"/> takes.</summary>
    internal AnnotationTable With(string column, Array values) => values switch
    {
        long[] numbers when values.GetType() == typeof(long[]) => With<long>(column, numbers),
        double[] numbers => With<double>(column, numbers),
        bool[] flags => With<bool>(column, flags),
        _ => With<string>(column, (string[])values),
    };

    /// <summary>The rows of these indices, in their order, none twice.</summary>
    internal AnnotationTable Select(ReadOnlySpan<int> rows)
    {
        var places = rows.ToArray();
        var names = Array.ConvertAll(places, i => _names[i]);
        return new AnnotationTable(names, RenamedCount, [.. _columns.Select(Picked)]);

        KeyValuePair<string, Array> Picked(KeyValuePair<string, Array> column)
        {
            var picked = Array.CreateInstance(column.Value.GetType().GetElementType()!, places.Length);
            for (var i = 0; i < places.Length; i++) picked.SetValue(column.Value.GetValue(places[i]), i);
            return KeyValuePair.Create(column.Key, picked);
        }
    }

    /// <summary>For example "2638 names, 2 columns: gene_ids, feature_types".</summary>
    public override string ToString() => $"{Count} names, {_columns.Count} columns" +
        (_columns.Count == 0 ? "" : $": {string.Join(", ", ColumnNames)}");

    /// <summary>A column as string?[], double[], long[] or bool[], not copied.</summary>
    internal Array Column(string column)
    {
        var at = _columns.FindIndex(pair => pair.Key == column);
        return at >= 0 ? _columns[at].Value : throw new KeyNotFoundException(
            $"There is no column '{column}'; there are " +
                $"{(_columns.Count == 0 ? "none" : string.Join(", ", ColumnNames))}.");
    }
}
