using Gsr.Graphs;
using Gsr.Penalties;

namespace Gsr.Learning;

/// <summary>
/// Algorithm 1 of the paper: steps without the penalty, then a new graph of the layer's activations every few steps.
/// </summary>
public sealed record GraphLearningOptions
{
    /// <summary>
    /// Steps with the task loss alone, before the first graph; 5,000 in the paper's code. 0 builds from the untrained
    /// network.
    /// </summary>
    public long PreTrainingSteps { get; init; } = 5000;

    /// <summary>Steps from one graph to the next, m; 100 in the paper's code.</summary>
    public long StepsPerGraph { get; init; } = 100;

    /// <summary>
    /// Samples that a graph is built from, drawn anew for each without replacement, or all where there are fewer.
    /// Default 1,000; the paper's code takes one batch of 32, from which nodes seem near by chance.
    /// </summary>
    public int Samples { get; init; } = 1000;

    /// <summary>Default combinatorial, the paper's; its code takes the symmetric normalised one.</summary>
    public LaplacianKind Laplacian { get; init; }

    /// <summary>Default the quadratic form, the paper's.</summary>
    public PenaltyForm Form { get; init; }

    /// <summary>
    /// What the penalty subtracts from activations, as <see cref="GraphPenalty.Centre"/>; default 0.
    /// </summary>
    public double Centre { get; init; }

    /// <summary>α over the steps since the first graph; default .001, the paper's.</summary>
    public WeightSchedule Weight { get; init; } = 1e-3;

    /// <summary>
    /// The rule of the paper's code: once a graph is disconnected it is kept, and training stops so many steps later
    /// (200 there). Right for one trajectory, wrong where several components are wanted. Null (default): no such rule.
    /// </summary>
    public long? StepsAfterDisconnection { get; init; }

    /// <summary>
    /// Keeps every graph (default), or only the first and the last: a dense one of 1,000 nodes takes 8 MB.
    /// </summary>
    public bool KeepsGraphs { get; init; } = true;

    internal void Check()
    {
        Holds(PreTrainingSteps >= 0, nameof(PreTrainingSteps), PreTrainingSteps, "0 or more");
        Holds(StepsPerGraph >= 1, nameof(StepsPerGraph), StepsPerGraph, "at least 1");
        Holds(Samples >= 2, nameof(Samples), Samples, "at least 2: in a single sample no node varies");
        Holds(
            Enum.IsDefined(Laplacian), nameof(Laplacian), Laplacian,
            string.Join(" or ", Enum.GetNames<LaplacianKind>()));
        Holds(Enum.IsDefined(Form), nameof(Form), Form, string.Join(" or ", Enum.GetNames<PenaltyForm>()));
        Holds(double.IsFinite(Centre), nameof(Centre), Centre, "finite");
        Holds(Weight is not null, nameof(Weight), "null", "a number or a schedule");
        Holds(
            StepsAfterDisconnection is null or >= 0, nameof(StepsAfterDisconnection), StepsAfterDisconnection,
            "0 or more, or null");

        static void Holds(bool holds, string option, object? value, string demand) =>
            Arguments.Option(holds, $"GraphLearningOptions.{option}", value, demand);
    }
}
