namespace Gsr.Experiments.OwnData;

/// <summary>The commonest label among the most active examples of a module, beside its frequency among all.</summary>
/// <param name="Label">The commonest label among the most active examples, from 0; the lowest number of equals.</param>
/// <param name="Purity">Its share of them, 0 .. 1.</param>
/// <param name="Expected">Its share of all examples: the purity of examples chosen at random.</param>
public readonly record struct LabelPurity(int Label, double Purity, double Expected)
{
    /// <summary>
    /// For each column of activations [examples, columns], with a label from 0 per example, of the share of the
    /// examples with the highest activation.
    /// </summary>
    public static IReadOnlyList<LabelPurity> Of(float[,] activations, IReadOnlyList<int> labels, double share = 0.05)
    {
        var (examples, columns) = StandardColumns.Size(activations, nameof(activations));
        Arguments.Length(labels.Count, examples, nameof(labels), "example");
        var taken = Math.Max(1, (int)Math.Round(share * examples));
        return [.. Enumerable.Range(0, columns).Select(column =>
        {
            var top = Enumerable.Range(0, examples).OrderByDescending(i => activations[i, column]).Take(taken)
                .Select(i => labels[i]);
            var (label, count) = top.CountBy(l => l)
                .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).First();
            return new LabelPurity(label, count / (double)taken, labels.Count(l => l == label) / (double)examples);
        })];
    }
}
