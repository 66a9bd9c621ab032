namespace Gsr.Experiments.Disentanglement;

/// <summary>A method's networks, one per seed, read in one way.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Units">What the code was read by.</param>
/// <param name="Scores">One per network, in the order of the seeds.</param>
/// <param name="Error">Of the reconstruction.</param>
public sealed record MethodScores(string Method, string Units, IReadOnlyList<CodeScores> Scores, Replicates Error)
{
    private const int Deals = 200;

    /// <summary>Such as "GSR, path · frequencies".</summary>
    public string Name => $"{Method} · {Units}";

    /// <summary>One score of all networks.</summary>
    public Replicates Of(Func<CodeScores, double> score) => new(Scores.Select(score));

    /// <summary>Disentanglement where groups of units count as one each, their importances summed.</summary>
    public Replicates Grouped(int[] groups) => new(Scores.Select(s => s.Dci.Grouped(groups).Disentanglement));

    /// <summary>The same with units dealt to groups of these sizes at random, mean of 200 deals.</summary>
    public Replicates Dealt(int[] groups, int seed)
    {
        var random = new Random(seed);
        return new(Scores.Select(s => Enumerable.Range(0, Deals).Average(_ =>
        {
            int[] dealt = [.. groups];
            random.Shuffle(dealt);
            return s.Dci.Grouped(dealt).Disentanglement;
        })));
    }
}
