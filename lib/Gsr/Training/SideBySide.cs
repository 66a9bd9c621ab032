using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Gsr.Training;

/// <summary>
/// Trainings that know nothing of each other, several at once, each on a thread of its own. libtorch's threads meet after every
/// operation, and on a busy machine they mostly wait there; these meet once, at the end. Give each
/// <see cref="TrainingOptions.Threads"/> = 1.
/// </summary>
/// <remarks>
/// Make the models before, one after another: initial weights come from libtorch's one random state, which every constructor
/// and every training seeds. Trainings that draw from it themselves (dropout, noise on codes) are not repeatable side by side.
/// </remarks>
/// <example><code>
/// SideBySide.Run(ensembles, e => new Trainer(e, e.Objective).FitEnsemble([data], e.Seeds, new TrainingOptions { Epochs = 5, Threads = 1 }));
/// </code></example>
public static class SideBySide
{
    /// <summary>Does something for each item, and returns when all are done.</summary>
    /// <param name="items">Such as models to train.</param>
    /// <param name="train">What to do with one.</param>
    /// <param name="atOnce">How many at once, at least 1; by default as many as there are processors.</param>
    /// <exception cref="Exception">Whatever the first training that failed has thrown; no further one is then begun.</exception>
    public static void Run<T>(IReadOnlyList<T> items, Action<T> train, int? atOnce = null)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(train);
        if (atOnce is { } number) ArgumentOutOfRangeException.ThrowIfLessThan(number, 1, nameof(atOnce));
        try
        {
            Parallel.ForEach(
                Partitioner.Create(items, EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = atOnce ?? Environment.ProcessorCount },
                train);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
