using TorchSharp;

namespace Gsr.Tests;

/// <summary>
/// For tests that count live tensors or set libtorch's threads or random state: nothing else runs beside them.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
[SeededTorch]
public sealed class Alone
{
    public const string Name = "alone";

    /// <summary>How many more tensors live after <paramref name="times"/> runs than after the first few.</summary>
    public static long Growth(int times, Action run)
    {
        for (var i = 0; i < 3; i++) run();
        var before = LiveTensors();
        for (var i = 0; i < times; i++) run();
        return torch.Tensor.TotalCount - before;
    }

    /// <summary>How many tensors live, without those that other tests left to the garbage collector.</summary>
    public static long LiveTensors()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return torch.Tensor.TotalCount;
    }

    /// <summary>Runs with a number of libtorch threads.</summary>
    public static T WithThreads<T>(int threads, Func<T> run)
    {
        var before = torch.get_num_threads();
        torch.set_num_threads(threads);
        try
        {
            return run();
        }
        finally
        {
            torch.set_num_threads(before);
        }
    }
}
