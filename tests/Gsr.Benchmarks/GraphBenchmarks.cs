using BenchmarkDotNet.Attributes;
using Gsr.Learning;
using TorchSharp;

namespace Gsr.Benchmarks;

/// <summary>Building a graph of activations, 1,000 samples, one thread.</summary>
[Config(typeof(InProcess))]
[WarmupCount(2), IterationCount(7)]
public class GraphBenchmarks
{
    private GraphWorkload _workload = null!;

    [Params(64, 1000)]
    public int Nodes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        torch.set_num_threads(1);
        _workload = new GraphWorkload(Nodes, 1000);
    }

    [GlobalCleanup]
    public void Cleanup() => _workload.Dispose();

    [Benchmark(Baseline = true)]
    public void ByProduct() => _workload.ByProduct();

    [Benchmark]
    public void NearestNeighbours() => _workload.Build(new NearestNeighbourBuilder());

    [Benchmark]
    public void AdaptiveGaussian() => _workload.Build(new AdaptiveGaussianBuilder());

    [Benchmark]
    public void SpectralModules() => _workload.Build(new SpectralModulesBuilder(10));
}
