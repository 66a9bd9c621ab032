using System.Diagnostics;
using Gsr.Learning;
using TorchSharp;

namespace Gsr.Benchmarks;

/// <summary>
/// What learning a graph costs: a graph of 1,000 nodes, one of 10,000 and its memory, and a training with and without.
/// </summary>
internal static class GraphComparison
{
    private const int Rounds = 7;

    public static int Run()
    {
        Console.WriteLine(
            "| graph of nodes from 1,000 samples, one thread | ms (1,000 nodes: ≤ 50) | fastest call | of libtorch's product + topk |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var nodes in new[] { 64, 1000 }) Graphs(nodes);
        Console.WriteLine();
        Console.WriteLine("| a rebuild every 100 steps, batch 32 | µs a step without | with | adds (≤ 10 %) |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var (code, samples) in new[] { (32, 32), (32, 1000), (128, 1000) }) Training(code, samples);
        Console.WriteLine();
        Large();
        return 0;
    }

    private static void Graphs(int nodes)
    {
        using var work = new GraphWorkload(nodes, 1000);
        foreach (var (name, builder) in GraphWorkload.Builders)
        {
            var fastest = double.PositiveInfinity;
            var ours = Series.Of("ours", () => Threads(1, () =>
            {
                var start = Stopwatch.GetTimestamp();
                work.Build(builder);
                fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }));
            var product = Series.Of("product", () => Threads(1, work.ByProduct));
            Alternate(ours, product);
            Console.WriteLine(FormattableString.Invariant(
                $"| {nodes} nodes, {name} | {ours.Median / 1e3:0.0} | {fastest:0.0} | {ours.Over(product):0.00} |"));
        }
    }

    private static void Training(int code, int samples)
    {
        const int Steps = 500;
        using var work = new GraphWorkload.Learning(code, samples);
        var without = Series.OfSteps("without", steps => Threads(1, () => work.Run(steps, long.MaxValue)), Steps);
        var with = Series.OfSteps("with", steps => Threads(1, () => work.Run(steps, 100)), Steps);
        Alternate(without, with);
        Console.WriteLine(FormattableString.Invariant(
            $"| {code} nodes, {samples} samples | {without.Median:#,0} | {with.Median:#,0} | {100 * (with.Over(without) - 1):0.0} % |"));
    }

    /// <summary>The peak of what is managed, looked at while the graph is built.</summary>
    private static void Large()
    {
        const int Nodes = 10_000;
        using var work = new GraphWorkload(Nodes, 1000);
        foreach (
            var builder in new IFeatureGraphBuilder[] { new NearestNeighbourBuilder(), new AdaptiveGaussianBuilder() })
        {
            GC.Collect();
            var before = GC.GetTotalMemory(true);
            long peak = 0;
            var start = Stopwatch.GetTimestamp();
            using (new Timer(_ => peak = Math.Max(peak, GC.GetTotalMemory(false)), null, 0, 5)) work.Build(builder);
            Console.WriteLine(FormattableString.Invariant(
                $"{Nodes} nodes, {builder}: {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s, at most {(peak - before) / 1e6:0} MB beyond the activations' {4e3 * Nodes / 1e6:0} MB tensor (N x N: {4e0 * Nodes * Nodes / 1e6:0} MB)."));
        }
    }

    private static void Threads(int threads, Action run)
    {
        torch.set_num_threads(threads);
        run();
    }

    private static void Alternate(params Series[] all)
    {
        for (var round = 0; round < Rounds + 2; round++)
        {
            // The first two rounds warm up.
            foreach (var series in all)
            {
                if (round == 2) series.Clear();
                series.Measure();
            }
        }
    }
}
