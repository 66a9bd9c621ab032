namespace Gsr.Experiments.OwnData;

/// <summary>Which label the most active examples of a node or module have, beside how frequent the label is among all.</summary>
/// <param name="Label">The commonest label among the most active examples, from 0; the lowest number of equals.</param>
/// <param name="Purity">Its share of them, 0 .. 1.</param>
/// <param name="Expected">Its share of all labelled examples: the purity of examples chosen at random.</param>
/// <example><code>IReadOnlyList&lt;LabelPurity&gt; purities = LabelPurity.Of(modules.Values, labels);</code></example>
public readonly record struct LabelPurity(int Label, double Purity, double Expected)
{
    /// <summary>For each column of activations.</summary>
    /// <param name="activations">[examples, columns], finite.</param>
    /// <param name="labels">The label of each example, from 0; negative for none, and then the example is left out.</param>
    /// <param name="share">Which share of the examples is taken, those of highest activation, at least one; default .05.</param>
    /// <exception cref="ArgumentException">The sizes do not match, no example is labelled, or the share is not above 0 and at most 1.</exception>
    public static IReadOnlyList<LabelPurity> Of(double[,] activations, IReadOnlyList<int> labels, double share = 0.05)
    {
        var (examples, columns) = Arguments.Matrix(activations, nameof(activations));
        ArgumentNullException.ThrowIfNull(labels);
        Arguments.Length(labels.Count, examples, nameof(labels), "example");
        if (!(share > 0 && share <= 1)) throw new ArgumentOutOfRangeException(nameof(share), share, $"share is {share}; give more than 0 and at most 1.");
        int[] labelled = [.. Enumerable.Range(0, examples).Where(i => labels[i] >= 0)];
        if (labelled.Length == 0) throw new ArgumentException("labels holds no label; give at least one example a label from 0.", nameof(labels));
        var taken = Math.Max(1, (int)Math.Round(share * labelled.Length));
        return [.. Enumerable.Range(0, columns).Select(column =>
        {
            var top = labelled.OrderByDescending(i => activations[i, column]).Take(taken).Select(i => labels[i]);
            var (label, count) = top.CountBy(l => l).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).First();
            return new LabelPurity(label, count / (double)taken, labelled.Count(i => labels[i] == label) / (double)labelled.Length);
        })];
    }
}
