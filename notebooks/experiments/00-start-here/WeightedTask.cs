using Gsr.Native;
using Gsr.Training;

namespace Gsr.Experiments.StartHere;

/// <summary>A model's task with a weight: with 0 it is computed, and has no say.</summary>
public static class WeightedTask
{
    /// <summary>Each term of a task times a weight.</summary>
    public static Objective Of(Objective task, double weight) =>
        batch => [.. task(batch).Select(term => term with { Value = term.Value.Times(weight) })];
}
