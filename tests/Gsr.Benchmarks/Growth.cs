using Gsr.Graphs;
using Gsr.Graphs.Filters;
using Gsr.Learning;

namespace Gsr.Benchmarks;

/// <summary>
/// How what the library does with graphs grows with the number of nodes, from 100 to 100,000: a table, and a picture on
/// two logarithmic axes.
/// </summary>
internal static class Growth
{
    private const int Samples = 64;
    private const int Pairs = 20;

    public static int Run(string[] args)
    {
        var sides = new[] { 10, 18, 32, 56, 100, 178, 316 };
        var nodes = Array.ConvertAll(sides, side => (double)side * side);
        var lines = new (string Name, Func<int, Series> Make)[]
        {
            ($"learning a graph, 5 nearest, {Samples} samples", Learning), ($"{Pairs} lowest eigenpairs", Spectrum),
            ("penalty, forward and backward, batch 128", Penalty), ("filter, heat kernel, one signal", Filter),
            ("Laplacian of a grid", Laplacian),
        };
        Console.WriteLine(Machine.Describe());
        Console.WriteLine("Milliseconds of processor time:");
        Console.WriteLine($"| nodes | {string.Join(" | ", lines.Select(line => line.Name))} |");
        Console.WriteLine($"|---|{string.Concat(lines.Select(_ => "---|"))}");
        // Code is compiled again once it is known to be hot.
        foreach (var side in sides[..3])
            foreach (var (_, make) in lines) make(side).Measure();
        var times = Array.ConvertAll(lines, _ => new double[sides.Length]);
        for (var k = 0; k < sides.Length; k++)
        {
            for (var l = 0; l < lines.Length; l++)
            {
                var series = lines[l].Make(sides[k]);
                series.Measure();
                times[l][k] = series.Median / 1e3;
            }

            var row = times.Select(t => t[k].ToString("#,0.###"));
            Console.WriteLine($"| {nodes[k]:#,0} | {string.Join(" | ", row)} |");
        }

        var path = args.FirstOrDefault() ?? "growth.svg";
        File.WriteAllText(path, LogPlot.Svg(
            "nodes", "milliseconds of processor time", nodes, [.. lines.Select((line, l) => (line.Name, times[l]))]));
        Console.WriteLine($"Wrote {Path.GetFullPath(path)}.");
        return 0;
    }

    private static Series Penalty(int side)
    {
        var work = new PenaltyWorkload(side * side);
        return Series.Of("penalty", work.Ours);
    }

    private static Series Laplacian(int side)
    {
        var graph = FeatureGraph.Grid(side, side);
        return Series.Of("Laplacian", () => graph.Laplacian());
    }

    private static Series Learning(int side)
    {
        using var work = new GraphWorkload(side * side, Samples);
        var activations = work.Read;
        var builder = new NearestNeighbourBuilder();
        return Series.Of("learning", () => builder.Build(activations));
    }

    private static Series Filter(int side)
    {
        var laplacian = FeatureGraph.Grid(side, side).Laplacian();
        var random = new Random(1);
        double[] signal = [.. Enumerable.Range(0, laplacian.NodeCount).Select(_ => random.NextDouble())];
        return Series.Of("filter", () => GraphFilter.Chebyshev(laplacian, SpectralKernel.Heat(2)).Apply(signal));
    }

    private static Series Spectrum(int side)
    {
        var laplacian = FeatureGraph.Grid(side, side).Laplacian();
        return Series.Of("spectrum", () => laplacian.Spectrum(Pairs));
    }
}
