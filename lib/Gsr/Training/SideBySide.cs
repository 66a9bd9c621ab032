using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using TorchSharp;

namespace Gsr.Training;

/// <summary>
/// Trainings that know nothing of each other, several at once, each on one thread. libtorch's threads meet after every
/// operation, and on a busy machine they mostly wait there; these meet once, at the end. In notebooks that run side by
/// side, too, no more of them train at once than there are processors.
/// </summary>
/// <remarks>
/// The library's models may be made before or within: each has libtorch's one random state alone while it draws its
/// initial weights, and draws the rest, dropout and noise, from a state of its own. Models of others that draw from
/// libtorch's state are made before, one after another, and are not repeatable where they draw from it in training.
/// </remarks>
public static class SideBySide
{
    /// <summary>
    /// Does something for each item, by default as many at once as there are processors, each on a thread for which
    /// libtorch computes alone; returns when all are done. Throws what the first that failed has thrown, and then
    /// begins no further one.
    /// </summary>
    public static void Run<T>(IReadOnlyList<T> items, Action<T> train, int? atOnce = null)
    {
        ArgumentNullException.ThrowIfNull(train);
        Run(items, (item, _) => train(item), atOnce);
    }

    /// <summary>The same for what gives a result; the results are in the order of the items.</summary>
    public static TResult[] Map<T, TResult>(IEnumerable<T> items, Func<T, TResult> train, int? atOnce = null)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(train);
        T[] all = [.. items];
        var results = new TResult[all.Length];
        Run(all, (item, i) => results[i] = train(item), atOnce);
        return results;
    }

    /// <summary>The same, with each item's index.</summary>
    public static void Run<T>(IReadOnlyList<T> items, Action<T, int> train, int? atOnce = null)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(train);
        if (atOnce is { } number) ArgumentOutOfRangeException.ThrowIfLessThan(number, 1, nameof(atOnce));
        var before = torch.get_num_threads();
        torch.set_num_threads(1);
        try
        {
            // Without buffering: a thread takes the next item only when it is free for it.
            Parallel.ForEach(
                Partitioner.Create(Enumerable.Range(0, items.Count), EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = atOnce ?? Environment.ProcessorCount },
                i => Alone(() => train(items[i], i)));
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
        finally
        {
            torch.set_num_threads(before);
        }
    }

    /// <summary>
    /// OpenMP keeps the number of threads for each thread of the process, and this one goes back to the pool.
    /// </summary>
    private static void Alone(Action train)
    {
        var own = torch.get_num_threads();
        torch.set_num_threads(1);
        try
        {
            if (SharedProcessors.Current is { } shared) shared.Run(train);
            else train();
        }
        finally
        {
            torch.set_num_threads(own);
        }
    }
}
