using BenchmarkDotNet.Attributes;
using Gsr.Learning;
using TorchSharp;

namespace Gsr.Benchmarks;

/// <summary>Building a graph of activations, 1,000 samples, one thread.</summary>
[Config(typeof(InProcess))]
[WarmupCount(2), IterationCount(7)]
public class GraphBenchmarks
{
    private GraphWorkload workload = null!;

    [Params(64, 1000)]
    public int Nodes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        torch.set_num_threads(1);
        workload = new GraphWorkload(Nodes, 1000);
    }

    [GlobalCleanup]
    public void Cleanup() => workload.Dispose();

    [Benchmark(Baseline = true)]
    public void ByProduct() => workload.ByProduct();

    [Benchmark]
    public void NearestNeighbours() => workload.Build(new NearestNeighbourBuilder());

    [Benchmark]
    public void AdaptiveGaussian() => workload.Build(new AdaptiveGaussianBuilder());

    [Benchmark]
    public void SpectralModules() => workload.Build(new SpectralModulesBuilder(10));
}
