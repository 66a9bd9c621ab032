using System.Diagnostics;
using Gsr.Experiments.Capsules;
using Gsr.Models;
using Gsr.Training;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Benchmarks;

/// <summary>
/// A step of the networks with convolutions, each convolution one node with what follows it, beside the same step by
/// libtorch's nodes; on one thread, in seconds of the processor, which other work on the machine disturbs least.
/// </summary>
internal static class ConvolutionComparison
{
    private const int Examples = 512;

    /// <summary>Measures both ways of each network, alternating, and prints a row for each.</summary>
    public static void Run(Action<Series[]> alternate)
    {
        Console.WriteLine("| network, batch | ms, one node | libtorch's nodes | one node / libtorch's | goal |");
        Console.WriteLine("|---|---|---|---|---|");
        using var scope = torch.NewDisposeScope();
        var images = torch.rand(Examples, 1, 28, 28);
        var labels = torch.randint(10, [Examples], torch.ScalarType.Int64);
        foreach (var after in new[] { false, true })
        {
            using var grid = new GridClassifier(new() { ConvolutionAfterGrid = after });
            Row(after ? "GridClassifier, convolutions after the grid, 32" : "GridClassifier, 32",
                grid, grid.Objective, 32, 16, "0.65");
        }

        using var capsules = new CapsuleNetwork(CapsuleNetworkOptions.Small);
        Row("capsule network, 64", capsules, capsules.Objective, 64, 6, "0.8");

        void Row(string name, Module model, Objective objective, int batch, int steps, string goal)
        {
            var (one, torchs) = (Of(fused: true), Of(fused: false));
            alternate([one, torchs]);
            Console.WriteLine(FormattableString.Invariant(
                $"| {name} | {one.Median / 1e3:0.0} | {torchs.Median / 1e3:0.0} | {one.Over(torchs):0.00} | {goal} |"));

            Series Of(bool fused) => new(fused ? "one node" : "libtorch", () =>
            {
                using var process = Process.GetCurrentProcess();
                var before = process.TotalProcessorTime;
                new Trainer(model, objective).Fit(
                    [images, labels], new TrainingOptions { Steps = steps, BatchSize = batch, Fused = fused });
                process.Refresh();
                return (process.TotalProcessorTime - before).TotalMicroseconds / steps;
            });
        }
    }
}
