using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Gsr.Benchmarks;

/// <summary>
/// Runs in this process: it has found libtorch, and a generated project would not obey the repository's layout.
/// </summary>
public sealed class InProcess : ManualConfig
{
    public InProcess() => AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance));
}

/// <summary>The same for what takes seconds: one run per iteration.</summary>
public sealed class OncePerIteration : ManualConfig
{
    public OncePerIteration() =>
        AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithInvocationCount(1).WithUnrollFactor(1));
}
