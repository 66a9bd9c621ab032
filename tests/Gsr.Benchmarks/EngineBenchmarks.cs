using BenchmarkDotNet.Attributes;

namespace Gsr.Benchmarks;

/// <summary>
/// <c>gsr run</c> as a process: of one trivial cell, which is the engine's start, and of twenty, from which the latency
/// of a cell follows as (twenty - one) / 19.
/// </summary>
[Config(typeof(OncePerIteration))]
[WarmupCount(1), IterationCount(5)]
public class EngineBenchmarks
{
    private EngineProcess _engine = null!;

    [Params(1, 20)]
    public int Cells { get; set; }

    [GlobalSetup]
    public void Setup() => _engine = new EngineProcess();

    [GlobalCleanup]
    public void Cleanup() => _engine.Dispose();

    [Benchmark]
    public void Run() => _engine.Run(Cells);
}
