using System.Diagnostics;
using TorchSharp;

namespace Gsr.Benchmarks;

/// <summary>
/// Ours beside naive TorchSharp and, where a Python has it, PyTorch: one thread each, alternating in rounds of one run,
/// with the ratios beside the project's targets.
/// </summary>
internal static class Comparison
{
    private const int Rounds = 7;

    /// <summary>More and shorter ones for the steps, whose ratios are near 1.</summary>
    private const int StepRounds = 9;

    /// <summary>Above it PyTorch's dense product may take seconds.</summary>
    private const int WidestPython = 1024;

    private static PythonPeer? PythonValues;

    public static int Run()
    {
        torch.set_num_threads(1);
        using var peer = PythonValues = PythonPeer.Start();
        Console.WriteLine(peer is null
            ? "No Python with PyTorch was found: only TorchSharp is compared."
            : $"PyTorch {peer.Version}; one thread; {StepRounds} and {Rounds} alternating rounds; "
                + "medians, microseconds.");
        if (peer is not null) MatrixProducts(peer);
        Console.WriteLine();
        Console.WriteLine(
            "| step, batch | ours | ours + penalty | TorchSharp naive + penalty | PyTorch plain + penalty | fused |"
            + " penalty adds (≤ 5 %) | ours / naive | ours / plain (≤ 0.6 at 32) |"
            + " ours / fused (≤ 0.8 at 32, else 0.95) |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var (batch, steps) in new[] { (32, 100), (128, 40), (512, 12) }) Step(batch, steps);
        Console.WriteLine();
        Replicates();
        Console.WriteLine();
        Console.WriteLine(
            "| penalty, nodes | product | ours (≤ 4,000 at 16,384) | (ZL ⊙ Z) dense | sparse COO | edges gathered | PyTorch dense | PyTorch CSR |"
            + " PyTorch gathered | best other / ours | bytes beyond Z, counted: ours | gathered |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var nodes in new[] { 64, 256, 1024, 4096, 16384 }) Penalty(nodes);
        Console.WriteLine();
        ProductComparison.Run(Alternate);
        Console.WriteLine();
        ConvolutionComparison.Run(Alternate);
        Console.WriteLine();
        Display();
        Engine();
        return 0;
    }

    /// <summary>The part about replicates alone.</summary>
    public static int RunReplicates()
    {
        torch.set_num_threads(1);
        using var peer = PythonValues = PythonPeer.Start();
        Replicates();
        return 0;
    }

    /// <summary>The part about the penalty's choice of product alone.</summary>
    public static int RunProducts()
    {
        torch.set_num_threads(1);
        ProductComparison.Run(Alternate);
        return 0;
    }

    /// <summary>The part about convolutions alone.</summary>
    public static int RunConvolutions()
    {
        torch.set_num_threads(1);
        ConvolutionComparison.Run(Alternate);
        return 0;
    }

    private static void MatrixProducts(PythonPeer peer)
    {
        using var a = torch.rand(256, 256);
        var product = Series.Of("product", () => torch.matmul(a, a).Dispose());
        product.Measure();
        var ours = 2 * Math.Pow(256, 3) / product.Median / 1e3;
        Console.WriteLine($"Matrix product of 256: TorchSharp {ours:0} GFLOP/s, this PyTorch {peer.Gigaflops:0}."
            + (peer.Gigaflops < ours / 2
                ? " It has no optimised BLAS: the ratios of a step say nothing about PyTorch as such." : ""));
    }

    private static void Step(int batch, int steps)
    {
        using var plain = new TrainingWorkload(batch, penalty: false);
        using var with = new TrainingWorkload(batch, penalty: true);
        var bare = Series.OfSteps("ours", plain.Ours, steps);
        var ours = Series.OfSteps("ours + penalty", with.Ours, steps);
        var naive = Series.OfSteps("naive", with.Naive, steps);
        var torchPlain = Python($"step/{batch}/product/plain");
        var torchFused = Python($"step/{batch}/product/fused");
        Alternate(StepRounds, bare, ours, naive, torchPlain, torchFused);
        Console.WriteLine(
            $"| {batch} | {Us(bare)} | {Us(ours)} | {Us(naive)} | {Us(torchPlain)} | {Us(torchFused)} | {100 * (ours.Over(bare) - 1):0.0} %"
            + $" | {Ratio(ours, naive)} | {Ratio(ours, torchPlain)} | {Ratio(ours, torchFused)} |");
    }

    private static void Replicates()
    {
        Console.WriteLine(
            "| replicates, a step of one | at once | ours, one after another | TorchSharp naive | PyTorch plain | fused |"
            + " ours alone / at once | naive / at once | plain / at once (≥ 5) | fused / at once |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        using var work = new EnsembleWorkload();
        var together = new Series("at once", () =>
        {
            var start = Stopwatch.GetTimestamp();
            work.Together(20);
            return Stopwatch.GetElapsedTime(start).TotalMicroseconds / 20 / EnsembleWorkload.Members;
        });
        var (alone, naive) = (Series.OfSteps("alone", work.Alone, 200), Series.OfSteps("naive", work.Naive, 200));
        var (torchPlain, torchFused) = (Python("small/32/plain"), Python("small/32/fused"));
        Alternate(StepRounds, together, alone, naive, torchPlain, torchFused);
        Console.WriteLine(
            $"| {EnsembleWorkload.Members} | {Us(together)} | {Us(alone)} | {Us(naive)} | {Us(torchPlain)} | {Us(torchFused)}"
            + $" | {Ratio(alone, together)} | {Ratio(naive, together)} | {Ratio(torchPlain, together)}"
            + $" | {Ratio(torchFused, together)} |");
    }

    private static void Penalty(int nodes)
    {
        using var work = new PenaltyWorkload(nodes);
        var ours = Series.Of("ours", work.Ours);
        var dense = nodes > PenaltyWorkload.WidestDense ? Missing : Series.Of("dense", work.Dense);
        var sparse = Series.Of("sparse", work.Sparse);
        var gathered = Series.Of("gathered", work.Gathered);
        Series[] peers = [nodes > WidestPython ? Missing
            : Python($"penalty/{nodes}/product"), Python($"penalty/{nodes}/csr"), Python($"penalty/{nodes}/gathered")];
        Alternate([ours, dense, sparse, gathered, .. peers]);
        var best = new[] { dense, sparse, gathered }.Concat(peers).Where(s => !double.IsNaN(s.Median))
            .MinBy(s => s.Median)!;
        // What each holds at once beside Z: ours one gradient; gathered the two ends of each edge, their difference and
        // its square.
        var side = (long)Math.Sqrt(nodes);
        var edges = 2 * side * (side - 1);
        Console.WriteLine(
            $"| {nodes} | {work.Product} | {Us(ours)} | {Us(dense)} | {Us(sparse)} | {Us(gathered)} | {string.Join(" | ", peers.Select(Us))} | {best.Over(ours):0.0}"
            + $" | {Megabytes(nodes)} | {Megabytes(4 * edges)} |");
    }

    /// <summary>
    /// Ratios of whole trainings drown one per cent in noise; what a training spends on its display does not.
    /// </summary>
    private static void Display()
    {
        const int Steps = 2000;
        using var work = new TrainingWorkload(32, penalty: true);
        var shown = new MeasuredProgress();
        var (bare, with) = (
            Series.OfSteps("bare", work.Ours, Steps), Series.OfSteps("with", steps => work.Ours(steps, shown), Steps));
        Alternate(5, bare, with);
        var share = shown.Spent.TotalSeconds / (shown.Pictures * 0.25);
        Console.WriteLine(FormattableString.Invariant(
            $"Live display (≤ 1 %): {shown.Spent.TotalMilliseconds / shown.Pictures:0.00} ms a picture, {100 * share:0.00} % of a second that has four; a step with it / without {with.Over(bare):0.000}."));
    }

    private static void Engine()
    {
        if (EngineProcess.Find() is null)
        {
            Console.WriteLine(
                "Engine: artifacts/bin/Gsr.Kernel/release/Gsr.Kernel.dll is not built (dotnet build lib/Gsr.Kernel).");
            return;
        }

        using var engine = new EngineProcess();
        var (one, twenty) = (Timed("one cell", () => engine.Run(1)), Timed("twenty cells", () => engine.Run(20)));
        try
        {
            Alternate(3, one, twenty);
            Console.WriteLine(
                $"Engine: `gsr run` of one cell {one.Median / 1e6:0.00} s, of twenty {twenty.Median / 1e6:0.00} s:"
                + $" {(twenty.Median - one.Median) / 19e3:0} ms a cell.");
        }
        catch (InvalidOperationException e)
        {
            Console.WriteLine($"Engine: {e.Message}");
        }
    }

    internal static Series Missing => new("-", () => double.NaN);

    private static Series Python(string name) => new(name, () => PythonValues?.Measure(name) ?? double.NaN);

    private static Series Timed(string name, Action run) => new(name, () =>
    {
        var start = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    });

    private static void Alternate(params Series[] all) => Alternate(Rounds, all);

    private static void Alternate(int rounds, params Series[] all)
    {
        // The first rounds warm up: code is compiled again once it is known to be hot.
        for (var round = 0; round < Math.Max(1, rounds / 3); round++)
            foreach (var series in all) series.Measure();
        foreach (var series in all) series.Clear();
        for (var round = 0; round < rounds; round++)
            foreach (var series in all) series.Measure();
    }

    internal static string Us(Series series) => double.IsNaN(series.Median) ? "-" : series.Median.ToString("#,0");

    private static string Ratio(Series a, Series b) => double.IsNaN(a.Median + b.Median) ? "-"
        : a.Over(b).ToString("0.00");

    private static string Megabytes(long floats) => $"{floats * PenaltyWorkload.Batch * sizeof(float) / 1e6:0.##} MB";
}
