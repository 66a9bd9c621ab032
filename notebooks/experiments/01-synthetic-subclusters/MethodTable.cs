using Deedle;

namespace Gsr.Experiments.Subclusters;

/// <summary>Methods with their numbers as a table, the paper's below.</summary>
public static class MethodTable
{
    private static readonly (string Name, string[] Values)[] Paper =
    [
        ("paper: GSR", [".99 to 1.0", ".00", "6", ".94", "", "0"]),
        ("paper: autoencoder", ["1.0 / .56 / .66", ".36", "3", "", "", ""]),
        ("paper: β-VAE", [".36", ".93", "6", "", "", ""]),
    ];

    /// <summary>
    /// Means with their intervals; the paper's numbers, one network each, are read off its figure (± .03).
    /// </summary>
    public static Frame<string, string> Of(IEnumerable<MethodScores> methods, bool withPaper = false)
    {
        (string Name, string[] Values)[] rows =
        [
            .. methods.Select(m => (m.Method, (string[])[$"{m.Share}", $"{m.Cosine}", m.Live.Interval(1), $"{m.Ends}",
                m.Error.Interval(3), $"{m.ToPaper}"])),
            .. Paper.Where(_ => withPaper),
        ];
        string[] names = [.. rows.Select(row => row.Name)];
        string[] columns =
            ["own-pair share", "cosine", "live of 6", "ends apart", "error", "difference to the paper's map"];
        return new(columns, columns.Select((_, i) =>
            (ISeries<string>)new Series<string, string>(names, rows.Select(row => row.Values[i]))));
    }
}
