namespace Gsr.Experiments.Disentanglement;

/// <summary>A weight tried on seeds that choose, and on no others.</summary>
/// <param name="Method">With the weight.</param>
/// <param name="Units">What its codes were read by.</param>
/// <param name="D">Mean disentanglement.</param>
/// <param name="Error">Mean error of the reconstruction.</param>
public sealed record WeightTrial(Method Method, string Units, double D, double Error)
{
    /// <summary>Of each method the weight of highest disentanglement.</summary>
    public static Method[] Best(IEnumerable<WeightTrial> trials) =>
        [.. trials.GroupBy(t => t.Method.Name).Select(group => group.MaxBy(t => t.D)!.Method)];

    /// <summary>Rows to show; ✓ marks the weights of <see cref="Best"/>.</summary>
    public static object[] Table(IReadOnlyCollection<WeightTrial> trials)
    {
        var best = Best(trials);
        return [.. trials.Select(t => new
        {
            method = t.Method.Name, weight = FormattableString.Invariant($"{t.Method.Weight:g2}"), read_by = t.Units,
            D = FormattableString.Invariant($"{t.D:F3}"), error = FormattableString.Invariant($"{t.Error:F4}"),
            taken = best.Contains(t.Method) ? "✓" : "",
        })];
    }
}
