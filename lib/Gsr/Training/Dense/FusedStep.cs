namespace Gsr.Training;

/// <summary>A step of one dense model, or of each member of an ensemble on batches of its own.</summary>
/// <param name="lossName">The name of the task's term.</param>
/// <param name="steps">One for each member; those of one part share its memory.</param>
/// <param name="memory">One for each part, of which one thread takes care.</param>
internal sealed class FusedStep(string lossName, DenseStep[] steps, AlignedFloats[] memory) : IDisposable
{
    private readonly (double Loss, IReadOnlyList<FusedTerm> Penalties)[] _results =
        new (double, IReadOnlyList<FusedTerm>)[steps.Length];

    /// <summary>The name of the task's term.</summary>
    public string LossName => lossName;

    /// <summary>
    /// Adds the gradients of the next batches, and gives the task's loss and the penalties, of members their sums.
    /// </summary>
    public (double Loss, IReadOnlyList<FusedTerm> Penalties) Run(long step, BatchSampler sampler)
    {
        var batch = sampler.Advance();
        if (memory.Length == 1) RunPart(0);
        else Parallel.For(0, memory.Length, new ParallelOptions { MaxDegreeOfParallelism = memory.Length }, RunPart);
        if (steps.Length == 1) return _results[0];
        return (
            _results.Sum(result => result.Loss),
            [.. _results[0].Penalties.Select((first, i) =>
                first with { Value = _results.Sum(result => result.Penalties[i].Value) })]);

        void RunPart(int part)
        {
            for (var i = part; i < steps.Length; i += memory.Length)
                _results[i] = steps[i].Run(step, sampler.Indices(i, batch));
        }
    }

    public void Dispose()
    {
        foreach (var step in steps) step.Dispose();
        foreach (var part in memory) part.Dispose();
    }
}

/// <summary>A penalty of one step: its name, its value without the weight, and the weight.</summary>
internal readonly record struct FusedTerm(string Name, double Value, double Weight);
