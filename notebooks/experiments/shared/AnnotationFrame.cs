using Deedle;
using Gsr.SingleCell;

namespace Gsr.Experiments;

/// <summary>Annotations of cells or genes as a Deedle frame, which notebooks show as a table.</summary>
public static class AnnotationFrame
{
    /// <summary>The table as a frame of its own: rows keyed by name, null and NaN missing.</summary>
    public static Frame<string, string> ToFrame(this AnnotationTable table)
    {
        string[] names = [.. table.Names], columns = [.. table.ColumnNames];
        if (columns.Length > 0)
            return new Frame<string, string>(columns, columns.Select(c => Series(names, table.Column(c))));

        // A frame takes its row keys from its columns: one without columns is made from a column that is dropped.
        var frame = new Frame<string, string>([""], [new Series<string, bool>(names, new bool[names.Length])]);
        frame.DropColumn("");
        return frame;
    }

    private static ISeries<string> Series(string[] names, Array values) => values switch
    {
        string[] text => new Series<string, string>(names, text),
        double[] numbers => new Series<string, double>(names, numbers),
        long[] numbers => new Series<string, long>(names, numbers),
        bool[] flags => new Series<string, bool>(names, flags),
        _ => throw new InvalidOperationException($"A column of {values.GetType().Name}."),
    };
}
