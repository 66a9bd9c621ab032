using System.Diagnostics;
using System.Globalization;
using Gsr.SingleCell.Preparation;
using Gsr.SingleCell.Reading;
using PureHDF;

namespace Gsr.Benchmarks;

/// <summary>
/// Preparation of cells of generated h5ad files, 5 % filled, from opening to the inputs of a network: each in a process
/// of its own, for its peak of memory, beside scipy's where /usr/bin/python3 has h5py and scipy.
/// </summary>
internal static class CellPreparation
{
    private const int Groups = 8;
    private const double Filled = 0.05;
    private const string Python = "/usr/bin/python3";
    private static readonly (int Cells, int Genes)[] Sizes = [(50_000, 20_000), (200_000, 2_000), (1_000_000, 2_000)];

    /// <summary>"cells" prints the table; "cells make FILE CELLS GENES" and "cells one FILE" are its processes.</summary>
    public static int Run(string[] arguments)
    {
        switch (arguments)
        {
            case ["make", var made, var cells, var genes]:
                Make(made, Convert.ToInt32(cells, CultureInfo.InvariantCulture),
                    Convert.ToInt32(genes, CultureInfo.InvariantCulture));
                return 0;
            case ["one", var file]:
                One(file);
                return 0;
            default:
                Table(arguments is [var folder, ..] ? folder : Path.GetTempPath());
                return 0;
        }
    }

    private static void Table(string folder)
    {
        Console.WriteLine(
            "| cells x genes | file MB | s | s of processors | peak MB | scipy: s | s of processors | peak MB |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var (cells, genes) in Sizes)
        {
            var file = Path.Combine(folder, $"gsr-cells-{cells}-{genes}.h5ad");
            try
            {
                if (!File.Exists(file)) Self("make", file, $"{cells}", $"{genes}");
                var own = Self("one", file);
                var script = Path.Combine(AppContext.BaseDirectory, "scipy", "cells.py");
                var peer = File.Exists(Python) ? Line(Python, script, file) : null;
                var size = new FileInfo(file).Length >> 20;
                Console.WriteLine(FormattableString.Invariant(
                    $"| {cells:n0} x {genes:n0} | {size} | {own} | {peer ?? "- | - | -"} |"));
            }
            finally
            {
                File.Delete(file);
            }
        }
    }

    private static void One(string file)
    {
        var clock = Stopwatch.StartNew();
        NetworkInputs.Of(SingleCellFile.Open(file));
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(FormattableString.Invariant(
            $"{clock.Elapsed.TotalSeconds} {process.TotalProcessorTime.TotalSeconds} ")
            + FormattableString.Invariant($"{process.PeakWorkingSet64 / (double)(1 << 20)}"));
    }

    // Counts of groups of cells, each of which has levels of its own.
    private static void Make(string file, int cells, int genes)
    {
        var random = new Random(1);
        var own = (int)(Filled * genes);
        var levels = Enumerable.Range(0, Groups * genes).Select(_ => -Math.Log(1 - random.NextDouble())).ToArray();
        var (indices, values) = (new int[cells * own], new float[cells * own]);
        Parallel.For(0, cells, () => new double[genes], (cell, _, keys) =>
        {
            var source = new Random(cell);
            var group = source.Next(Groups) * genes;
            var order = new int[genes];
            for (var gene = 0; gene < genes; gene++)
                (keys[gene], order[gene]) = (source.NextDouble() / (0.2 + levels[group + gene]), gene);
            Array.Sort(keys, order);
            Array.Sort(order, 0, own);
            for (var k = 0; k < own; k++)
            {
                indices[(cell * own) + k] = order[k];
                values[(cell * own) + k] = 1 + (int)(levels[group + order[k]] * -Math.Log(1 - source.NextDouble()));
            }
            return keys;
        }, _ => { });
        var matrix = new H5Group
        {
            ["data"] = values,
            ["indices"] = indices,
            ["indptr"] = Enumerable.Range(0, cells + 1).Select(cell => (long)cell * own).ToArray(),
        };
        matrix.Attributes["encoding-type"] = "csr_matrix";
        matrix.Attributes["shape"] = new long[] { cells, genes };
        new H5File { ["X"] = matrix, ["obs"] = Frame("c", cells), ["var"] = Frame("g", genes) }.Write(file);
    }

    private static H5Group Frame(string prefix, int count)
    {
        var group = new H5Group { ["_index"] = Enumerable.Range(0, count).Select(i => $"{prefix}{i}").ToArray() };
        group.Attributes["_index"] = "_index";
        return group;
    }

    private static string? Self(params string[] arguments) =>
        Line(Environment.ProcessPath!, ["cells", .. arguments]);

    // What a process prints as its last line, as cells of a table; null where it fails.
    private static string? Line(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var numbers = process.StandardOutput.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return process.ExitCode != 0 || numbers.Length < 3 ? null : string.Join(" | ", numbers[^3..].Select(
            number => double.Parse(number, CultureInfo.InvariantCulture).ToString("n0", CultureInfo.InvariantCulture)));
    }
}
