using BenchmarkDotNet.Attributes;
using TorchSharp;

namespace Gsr.Benchmarks;

[Config(typeof(InProcess))]
[WarmupCount(2), IterationCount(7)]
public class StepBenchmarks
{
    private const int Steps = 50;
    private TrainingWorkload _workload = null!;

    [Params(32, 128, 512)]
    public int Batch { get; set; }

    [Params(false, true)]
    public bool Penalty { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        torch.set_num_threads(1);
        _workload = new TrainingWorkload(Batch, Penalty);
    }

    [GlobalCleanup]
    public void Cleanup() => _workload.Dispose();

    [Benchmark(Baseline = true, OperationsPerInvoke = Steps)]
    public void Naive() => _workload.Naive(Steps);

    [Benchmark(OperationsPerInvoke = Steps)]
    public void Ours() => _workload.Ours(Steps);
}

[Config(typeof(OncePerIteration))]
[WarmupCount(1), IterationCount(3)]
public class EpochBenchmarks
{
    private TrainingWorkload _workload = null!;

    [Params(32, 128, 512)]
    public int Batch { get; set; }

    [Params(false, true)]
    public bool Penalty { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        torch.set_num_threads(1);
        _workload = new TrainingWorkload(Batch, Penalty, examples: 60_000);
    }

    [GlobalCleanup]
    public void Cleanup() => _workload.Dispose();

    [Benchmark(Baseline = true)]
    public void Naive() => _workload.NaiveEpoch();

    [Benchmark]
    public void Ours() => _workload.OursEpoch();
}
