using BenchmarkDotNet.Attributes;
using TorchSharp;

namespace Gsr.Benchmarks;

[Config(typeof(InProcess))]
[WarmupCount(2), IterationCount(7)]
public class PenaltyBenchmarks
{
    private PenaltyWorkload _workload = null!;

    [Params(64, 256, 1024, 4096, 16384)]
    public int Nodes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        torch.set_num_threads(1);
        _workload = new PenaltyWorkload(Nodes);
    }

    [GlobalCleanup]
    public void Cleanup() => _workload.Dispose();

    [Benchmark(Baseline = true)]
    public void Gathered() => _workload.Gathered();

    [Benchmark]
    public void Sparse() => _workload.Sparse();

    [Benchmark]
    public void Dense()
    {
        if (Nodes > PenaltyWorkload.WidestDense) throw new NotSupportedException(
            "A dense Laplacian of this width takes 1 GB.");
        _workload.Dense();
    }

    [Benchmark]
    public void Ours() => _workload.Ours();
}
