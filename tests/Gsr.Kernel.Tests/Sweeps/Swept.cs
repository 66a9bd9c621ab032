using Gsr.Kernel.Tests.Running;

namespace Gsr.Kernel.Tests.Sweeps;

/// <summary>A notebook whose results are known, and the command that sweeps it.</summary>
internal static class Swept
{
    /// <summary>Writes x.ipynb: result = 100 A + SEED, replicates of it, and the number of processors.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="between">C# that runs before the results are written.</param>
    public static void Write(TemporaryFolder folder, string between = "") => folder.Write("x.ipynb", Samples.Notebook(
        "var SEED = 1; var A = 0.5; var PROFILE = \"full\";",
        "var r = 100 * A + SEED;", between,
        """
        using System.IO;
        using System.Text.Json;
        File.WriteAllText(
            Path.Combine(Environment.GetEnvironmentVariable("GSR_RESULTS"), "x.json"), JsonSerializer.Serialize(new
        {
            numbers = new
            {
                r, rep = new { mean = r, sd = .5, values = new[] { 1, 2, 3 } }, none = (double?)null,
                seconds = 1.5, word = "a,b", cores = Environment.ProcessorCount,
            },
        }));
        """));

    /// <summary>Runs gsr sweep and checks its exit code.</summary>
    public static string Run(TemporaryFolder folder, int exit, params string[] arguments)
    {
        var (code, output) = GsrProcess.Run(folder, ["sweep", .. arguments]);
        Assert.True(code == exit, $"exit code {code}: {output}");
        return output;
    }

    /// <summary>The lines of a sweep's table.csv.</summary>
    public static string[] Table(TemporaryFolder folder, string sweep) =>
        File.ReadAllLines(folder[Path.Combine(sweep, "table.csv")]);

    /// <summary>The columns of such lines that do not differ from run to run of the same sweep.</summary>
    public static IEnumerable<string> Comparable(string[] table)
    {
        var state = table[0].Split(',').ToList().IndexOf("seconds");
        return table.Skip(1).Select(line => string.Join(',', line.Replace("a,b", "ab").Split(',')[..state]));
    }
}
