using System.Globalization;
using System.Runtime.CompilerServices;

namespace Gsr;

/// <summary>The library's argument checks; each message names the argument, its value and the remedy.</summary>
internal static class Arguments
{
    /// <summary>
    /// Far above any layer of neurons; a typo such as Grid(10000, 10000) fails here and not by exhausting memory.
    /// </summary>
    internal const int MaximalNodeCount = 1 << 20;
    internal const int MaximalEdgeCount = 1 << 24;

    /// <summary>A dense matrix of this many nodes takes 2 GB.</summary>
    internal const int MaximalDenseNodeCount = 1 << 14;

    internal static void AtLeast(int value, int minimum, string argument, string remedy)
    {
        if (value < minimum)
            throw new ArgumentOutOfRangeException(argument, value, $"{argument} is {value}; {remedy}");
    }

    /// <summary>Any condition; the message names the argument, its value and the remedy.</summary>
    internal static void Require(bool holds, string argument, string message)
    {
        if (!holds) throw new ArgumentException(message, argument);
    }

    /// <summary>The same for a message of values, which is only written where the condition does not hold.</summary>
    internal static void Require(
        bool holds, string argument, [InterpolatedStringHandlerArgument(nameof(holds))] Complaint message)
    {
        if (!holds) throw new ArgumentException(message.ToString(), argument);
    }

    /// <summary>A value of an options record, such as "AutoencoderOptions.Code".</summary>
    internal static void Option(bool holds, string option, object? value, string demand) =>
        Require(holds, option, FormattableString.Invariant($"{option} is {value}; it must be {demand}."));

    /// <summary>Widths of the layers of an options record.</summary>
    internal static void Widths(IReadOnlyList<int> widths, string option)
    {
        if (widths.FirstOrDefault(width => width < 1, 1) is < 1 and var wrong)
            throw new ArgumentException($"{option} holds {wrong}; each width must be at least 1.", option);
    }

    /// <summary>A finite number above 0.</summary>
    internal static void Positive(double value, string argument)
    {
        if (value > 0 && double.IsFinite(value)) return;
        throw new ArgumentOutOfRangeException(argument, value, $"{argument} is {value}; give a finite number above 0.");
    }

    internal static void Length(int length, int expected, string argument, string unit)
    {
        if (length == expected) return;
        throw new ArgumentException(
            $"{argument} holds {length} values; expected {expected}, one per {unit}.", argument);
    }

    internal static void NotEmpty<T>(IReadOnlyCollection<T> items, string argument, string what)
    {
        ArgumentNullException.ThrowIfNull(items, argument);
        if (items.Count == 0)
            throw new ArgumentException($"{argument} is empty; give at least one {what}.", argument);
    }

    internal static void Finite(IReadOnlyList<double> values, string argument)
    {
        ArgumentNullException.ThrowIfNull(values, argument);
        for (var i = 0; i < values.Count; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException(
                    $"{argument}[{i}] is {values[i]}; every value is finite: drop it first.", argument);
            }
        }
    }

    /// <summary>Names given for each item, or else the numbers from 0.</summary>
    internal static IReadOnlyList<string> Names(IReadOnlyList<string>? names, int count, string argument, string unit)
    {
        if (names is null) return [.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        Length(names.Count, count, argument, unit);
        return names;
    }

    internal static void Size(long nodes, long edges, string argument, object value)
    {
        if (nodes <= MaximalNodeCount && edges <= MaximalEdgeCount)
            return;
        throw new ArgumentOutOfRangeException(argument, value,
            $"{argument} = {value} asks for {nodes} nodes and {edges} edges; "
            + $"at most {MaximalNodeCount} nodes and {MaximalEdgeCount} edges are supported: choose a smaller size.");
    }

    internal static void DenseSize(int nodeCount, string graph)
    {
        if (nodeCount > MaximalDenseNodeCount)
        {
            throw new InvalidOperationException(
                $"{graph}: {nodeCount} nodes are too many for a dense matrix (at most {MaximalDenseNodeCount}); "
                + "use the edges or the sparse Laplacian.");
        }
    }

    /// <summary>One finite value per node.</summary>
    internal static void Signal(ReadOnlySpan<double> signal, int nodeCount, string argument)
    {
        Length(signal.Length, nodeCount, argument, "node of the graph");
        for (var i = 0; i < signal.Length; i++)
        {
            if (!double.IsFinite(signal[i]))
            {
                throw new ArgumentException(
                    $"{argument}[{i}] is {signal[i]}; every node needs a finite value: drop or replace it first.",
                    argument);
            }
        }
    }

    /// <summary>A matrix of finite values with at least one row and one column.</summary>
    internal static (int Rows, int Columns) Matrix(double[,] matrix, string argument)
    {
        ArgumentNullException.ThrowIfNull(matrix, argument);
        var (rows, columns) = (matrix.GetLength(0), matrix.GetLength(1));
        if (rows == 0 || columns == 0)
        {
            throw new ArgumentException(
                $"{argument} is {rows}x{columns}; give at least one row and one column.", argument);
        }

        Entries(matrix, argument, double.IsFinite, "every entry is finite: drop or replace it first.");
        return (rows, columns);
    }

    /// <summary>NaN is a cell without a value and is drawn so; an infinity is a fault of the caller's.</summary>
    internal static void NoInfinity(double[,] values, string argument) =>
        Entries(values, argument, value => !double.IsInfinity(value), "values are finite, or NaN where there is none.");

    /// <summary>A grid of at least one cell.</summary>
    internal static void Shape((int Rows, int Columns) shape, string argument)
    {
        if (shape.Rows < 1 || shape.Columns < 1)
        {
            throw new ArgumentOutOfRangeException(argument, shape,
                $"{argument} is {shape.Rows}x{shape.Columns}; a grid has at least 1 row and 1 column.");
        }
    }

    /// <summary>One row per class, one column per cell of the grid.</summary>
    internal static void Maps(double[,] maps, (int Rows, int Columns) shape, string argument)
    {
        ArgumentNullException.ThrowIfNull(maps, argument);
        if (maps.GetLength(0) == 0 || maps.GetLength(1) != (long)shape.Rows * shape.Columns)
        {
            throw new ArgumentException(
                $"{argument} is [{maps.GetLength(0)}, {maps.GetLength(1)}]; expected one row per class and "
                + $"{(long)shape.Rows * shape.Columns} columns, one per cell of the {shape.Rows}x{shape.Columns} grid.",
                argument);
        }

        NoInfinity(maps, argument);
    }

    /// <summary>Two labelings of the same, at least one, items.</summary>
    internal static void Labelings(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        Require(first.Length == second.Length, nameof(second),
            $"second holds {second.Length} labels and first {first.Length}; label the same items in both.");
        Require(first.Length > 0, nameof(first), "first holds 0 labels; label at least 1 item.");
    }

    /// <summary>An interpolated string of a condition that may hold: a check of each value of a matrix is one of many.</summary>
    [InterpolatedStringHandler]
    internal ref struct Complaint
    {
        private DefaultInterpolatedStringHandler _text;

        public Complaint(int literalLength, int formattedCount, bool holds, out bool isWritten)
        {
            isWritten = !holds;
            _text = holds ? default : new(literalLength, formattedCount);
        }

        public void AppendLiteral(string text) => _text.AppendLiteral(text);

        public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

        public void AppendFormatted<T>(T value, string? format) => _text.AppendFormatted(value, format);

        public override string ToString() => _text.ToStringAndClear();
    }

    private static void Entries(double[,] matrix, string argument, Func<double, bool> holds, string remedy)
    {
        for (var i = 0; i < matrix.GetLength(0); i++)
        {
            for (var j = 0; j < matrix.GetLength(1); j++)
            {
                if (!holds(matrix[i, j]))
                    throw new ArgumentException($"{argument}[{i}, {j}] is {matrix[i, j]}; {remedy}", argument);
            }
        }
    }
}
