using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Training;

/// <summary>
/// Trains independent networks of one kind at once, each on one thread. libtorch's threads wait for each other many times in a step;
/// networks that know nothing of each other do not.
/// </summary>
public static class SideBySide
{
    /// <summary>Runs a training for each model; returns when all are done.</summary>
    /// <param name="models">
    /// Made before, one after the other: initial weights come from libtorch's one random state. A model whose training draws random numbers
    /// (dropout, sampled codes) is not reproducible here.
    /// </param>
    /// <param name="train">Trains one model, given with its index. It runs on a thread of its own and leaves libtorch's threads alone.</param>
    /// <param name="workers">How many at a time; as many as there are processors where null.</param>
    /// <exception cref="AggregateException">Trainings failed; no further one was begun.</exception>
    public static void Train<TModel>(IReadOnlyList<TModel> models, Action<TModel, int> train, int? workers = null)
        where TModel : Module
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(train);
        if (workers is { } count) ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(workers));
        var before = torch.get_num_threads();
        torch.set_num_threads(1);
        try
        {
            Parallel.For(0, models.Count, new ParallelOptions { MaxDegreeOfParallelism = workers ?? Environment.ProcessorCount }, i =>
            {
                // OpenMP keeps the number per thread of the process, and the thread goes back to the pool.
                var own = torch.get_num_threads();
                torch.set_num_threads(1);
                try
                {
                    train(models[i], i);
                }
                finally
                {
                    torch.set_num_threads(own);
                }
            });
        }
        finally
        {
            torch.set_num_threads(before);
        }
    }
}
