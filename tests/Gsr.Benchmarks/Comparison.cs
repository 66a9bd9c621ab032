using System.Diagnostics;
using Gsr.Graphs;
using MathNet.Numerics.LinearAlgebra;
using TorchSharp;

namespace Gsr.Benchmarks;

/// <summary>
/// Ours beside naive TorchSharp and, where a Python has it, PyTorch: one thread each, alternating in rounds of one run,
/// with the ratios beside the project's targets.
/// </summary>
internal static class Comparison
{
    private static int Rounds = 7;

    /// <summary>More and shorter ones for the steps, whose ratios are near 1.</summary>
    private static int StepRounds = 9;

    /// <summary>Fewer of what takes half a minute.</summary>
    private static int SpectrumRounds = 2;

    /// <summary>Above it PyTorch's dense product may take seconds.</summary>
    private const int WidestPython = 1024;

    private static readonly (string Name, Action Run)[] Parts =
    [
        ("steps", Steps), ("replicates", Replicates), ("networks", Networks), ("spectra", Spectra),
        ("penalties", Penalties), ("products", () => ProductComparison.Run(Alternate)), ("display", Display),
        ("engine", Engine),
    ];

    private static PythonPeer? PythonValues;

    /// <summary>All parts, or those named; a number before them is that of the rounds.</summary>
    public static int Run(string[] names)
    {
        if (names.Length > 0 && int.TryParse(names[0], out var rounds) && rounds > 0)
        {
            Rounds = StepRounds = SpectrumRounds = rounds;
            names = names[1..];
        }

        if (names.Except(Parts.Select(part => part.Name)).FirstOrDefault() is { } unknown)
        {
            Console.Error.WriteLine(
                $"compare has no part {unknown}; name some of {string.Join(", ", Parts.Select(part => part.Name))}.");
            return 2;
        }

        torch.set_num_threads(1);
        using var peer = PythonValues = PythonPeer.Start();
        Console.WriteLine(Machine.Describe());
        Console.WriteLine(peer is null
            ? "No Python with PyTorch was found: only TorchSharp is compared."
            : $"PyTorch {peer.Version}, linear algebra by {peer.Libraries}.");
        Console.WriteLine(
            $"One thread; {StepRounds} and {Rounds} alternating rounds; medians, microseconds of processor time.");
        if (peer is not null) MatrixProducts(peer);
        foreach (var (_, run) in Parts.Where(part => names.Length == 0 || names.Contains(part.Name)))
        {
            Console.WriteLine();
            run();
        }

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

    private static void Steps()
    {
        Console.WriteLine(
            "| step, batch | ours | ours + penalty | by libtorch + penalty | TorchSharp naive + penalty"
            + " | PyTorch plain + penalty | fused | fused, compiled | penalty adds (≤ 5 %) | ours / by libtorch"
            + " | ours / naive | ours / plain | ours / fused | ours / best |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var (batch, steps) in new[] { (32, 400), (128, 150), (512, 50) }) Step(batch, steps);
    }

    private static void Step(int batch, int steps)
    {
        using var plain = new TrainingWorkload(batch, penalty: false);
        using var with = new TrainingWorkload(batch, penalty: true);
        var bare = Series.OfSteps("ours", plain.Ours, steps);
        var ours = Series.OfSteps("ours + penalty", with.Ours, steps);
        var unfused = Series.OfSteps("by libtorch", with.Unfused, steps);
        var naive = Series.OfSteps("naive", with.Naive, steps);
        var peers = Pythons($"step/{batch}/product/", "plain", "fused", "fused+compiled");
        Alternate(StepRounds, [bare, ours, unfused, naive, .. peers]);
        Console.WriteLine(
            $"| {batch} | {Us(bare)} | {Us(ours)} | {Us(unfused)} | {Us(naive)} | {string.Join(" | ", peers.Select(Us))}"
            + $" | {100 * (ours.Over(bare) - 1):0.0} % | {Ratio(ours, unfused)} | {Ratio(ours, naive)}"
            + $" | {Ratio(ours, peers[0])} | {Ratio(ours, peers[1])} | {Ratio(ours, Best(peers))} |");
    }

    private static void Replicates()
    {
        Console.WriteLine(
            "| replicates, a step of one | an ensemble | ours, one after another | TorchSharp naive | PyTorch plain | fused"
            + " | fused, compiled | ensemble / alone | ensemble / naive | ensemble / plain | ensemble / best |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        using var work = new EnsembleWorkload();
        var together = Series.OfSteps("ensemble", work.Together, 20, EnsembleWorkload.Members);
        var (alone, naive) = (Series.OfSteps("alone", work.Alone, 200), Series.OfSteps("naive", work.Naive, 200));
        var peers = Pythons("small/32/", "plain", "fused", "fused+compiled");
        Alternate(StepRounds, [together, alone, naive, .. peers]);
        Console.WriteLine(
            $"| {EnsembleWorkload.Members} | {Us(together)} | {Us(alone)} | {Us(naive)}"
            + $" | {string.Join(" | ", peers.Select(Us))} | {Ratio(together, alone)} | {Ratio(together, naive)}"
            + $" | {Ratio(together, peers[0])} | {Ratio(together, Best(peers))} |");
    }

    private static void Networks()
    {
        Console.WriteLine(
            "| network, batch | ours | by libtorch | TorchSharp naive | PyTorch plain | fused | channels_last"
            + " | fused, channels_last | fused, channels_last, compiled | ours / by libtorch | ours / naive"
            + " | ours / plain | ours / best |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        using var grid = new GridWorkload();
        Row($"GridClassifier + penalty, {GridWorkload.Batch}", grid.Ours, grid.Unfused, grid.Naive,
            $"grid/{GridWorkload.Batch}/");
        using var capsules = new CapsuleWorkload();
        Row($"capsule network, {CapsuleWorkload.Batch}", capsules.Ours, capsules.Unfused, null,
            $"capsules/{CapsuleWorkload.Batch}/");

        static void Row(string name, Action<int> run, Action<int> plain, Action<int>? simple, string prefix)
        {
            var (ours, unfused) = (Series.OfSteps(name, run, 50), Series.OfSteps("by libtorch", plain, 50));
            Series[] naive = simple is null ? [] : [Series.OfSteps("naive", simple, 50)];
            var peers = Pythons(prefix, "plain", "fused", "channels_last", "fused+channels_last",
                "fused+channels_last+compiled");
            Alternate(StepRounds, [ours, unfused, .. naive, .. peers]);
            Console.WriteLine(
                $"| {name} | {Us(ours)} | {Us(unfused)} | {(simple is null ? "-" : Us(naive[0]))}"
                + $" | {string.Join(" | ", peers.Select(Us))} | {Ratio(ours, unfused)}"
                + $" | {(simple is null ? "-" : Ratio(ours, naive[0]))} | {Ratio(ours, peers[0])}"
                + $" | {Ratio(ours, Best(peers))} |");
        }
    }

    private static void Spectra()
    {
        Console.WriteLine(
            "| spectrum, nodes | ours | MathNet | PyTorch linalg.eigh | ours / MathNet (≤ 0.12) | ours / PyTorch |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var side in new[] { 32, 45 })
        {
            var laplacian = FeatureGraph.Grid(side, side).Laplacian();
            var dense = Matrix<double>.Build.DenseOfArray(laplacian.ToDense());
            var ours = Series.Of("ours", () => laplacian.Spectrum());
            var managed = Series.Of("MathNet", () => dense.Evd(Symmetricity.Symmetric));
            var peer = Python($"spectrum/{side * side}");
            Alternate(SpectrumRounds, ours, managed, peer);
            Console.WriteLine(
                $"| {side * side} | {Us(ours)} | {Us(managed)} | {Us(peer)} | {Ratio(ours, managed)} | {Ratio(ours, peer)} |");
        }
    }

    private static void Penalties()
    {
        Console.WriteLine(
            "| penalty, nodes | product | ours (≤ 4,000 at 16,384) | (ZL ⊙ Z) dense | sparse COO | edges gathered | PyTorch dense | PyTorch CSR |"
            + " PyTorch gathered | best other / ours | bytes beyond Z, counted: ours | gathered |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var nodes in new[] { 64, 256, 1024, 4096, 16384 }) Penalty(nodes);
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
        var best = Best([dense, sparse, gathered, .. peers]);
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

    private static Series[] Pythons(string prefix, params string[] options) =>
        [.. options.Select(option => Python(prefix + option))];

    /// <summary>The fastest of those that ran.</summary>
    private static Series Best(Series[] all) =>
        all.Where(s => !double.IsNaN(s.Median)).MinBy(s => s.Median) ?? Missing;

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
