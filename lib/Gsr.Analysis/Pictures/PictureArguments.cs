namespace Gsr.Analysis.Pictures;

/// <summary>Checks shared by the pictures; each message names the argument, its value and the remedy.</summary>
internal static class PictureArguments
{
    internal static void NotEmpty<T>(IReadOnlyCollection<T> items, string argument, string what)
    {
        ArgumentNullException.ThrowIfNull(items, argument);
        if (items.Count == 0)
            throw new ArgumentException($"{argument} is empty; give at least one {what}.", argument);
    }

    internal static void Length(int length, int expected, string argument, string unit)
    {
        if (length != expected)
            throw new ArgumentException($"{argument} holds {length} values; expected {expected}, one per {unit}.", argument);
    }

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
                + $"{(long)shape.Rows * shape.Columns} columns, one per cell of the {shape.Rows}x{shape.Columns} grid.", argument);
        }
        NoInfinity(maps, argument);
    }

    /// <summary>NaN is a cell without a value and is drawn so; an infinity is a fault of the caller's.</summary>
    internal static void NoInfinity(double[,] values, string argument)
    {
        for (int i = 0; i < values.GetLength(0); i++)
        {
            for (int j = 0; j < values.GetLength(1); j++)
            {
                if (double.IsInfinity(values[i, j]))
                {
                    throw new ArgumentException(
                        $"{argument}[{i}, {j}] is {values[i, j]}; values are finite, or NaN where there is none.", argument);
                }
            }
        }
    }

    internal static void Finite(IReadOnlyList<double> values, string argument)
    {
        ArgumentNullException.ThrowIfNull(values, argument);
        for (int i = 0; i < values.Count; i++)
        {
            if (!double.IsFinite(values[i]))
                throw new ArgumentException($"{argument}[{i}] is {values[i]}; every value is finite: drop it first.", argument);
        }
    }

    /// <summary>Names given for each item, or else the numbers from 0.</summary>
    internal static IReadOnlyList<string> Names(IReadOnlyList<string>? names, int count, string argument, string unit)
    {
        if (names is null)
            return [.. Enumerable.Range(0, count).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        Length(names.Count, count, argument, unit);
        return names;
    }
}
