using BenchmarkDotNet.Attributes;
using TorchSharp;

namespace Gsr.Benchmarks;

[Config(typeof(InProcess))]
[WarmupCount(2), IterationCount(7)]
public class PenaltyBenchmarks
{
    private PenaltyWorkload workload = null!;

    [Params(64, 256, 1024, 4096, 16384)]
    public int Nodes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        torch.set_num_threads(1);
        workload = new PenaltyWorkload(Nodes);
    }

    [GlobalCleanup]
    public void Cleanup() => workload.Dispose();

    [Benchmark(Baseline = true)]
    public void Gathered() => workload.Gathered();

    [Benchmark]
    public void Sparse() => workload.Sparse();

    [Benchmark]
    public void Dense()
    {
        if (Nodes > PenaltyWorkload.WidestDense) throw new NotSupportedException("A dense Laplacian of this width takes 1 GB.");
        workload.Dense();
    }

    [Benchmark]
    public void Ours() => workload.Ours();
}
