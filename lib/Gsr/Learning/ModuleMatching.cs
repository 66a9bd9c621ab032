using Gsr.Metrics;

namespace Gsr.Learning;

/// <summary>
/// Which module of one partition is which of another: the one-to-one assignment of largest sum (the Hungarian method). Two
/// partitions of the same nodes are matched by nodes in common; modules of networks trained from different seeds, whose nodes
/// are not the same nodes, by their activations on the same samples.
/// </summary>
public static class ModuleMatching
{
    /// <summary>Matches two partitions of the same nodes by the number of nodes in common.</summary>
    /// <param name="first">The module of each node, any numbers from 0; negative for none.</param>
    /// <param name="second">As many.</param>
    /// <returns>Matched modules by the first's number, the score being |A ∩ B| / |A ∪ B|; modules in excess have no match.</returns>
    /// <exception cref="ArgumentException">The labelings are empty or of different length.</exception>
    public static IReadOnlyList<ModuleMatch> ByNodes(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        Arguments.Labelings(first, second);
        var (a, b) = (Modules(first), Modules(second));
        var common = new double[a.Length, b.Length];
        var sizes = (First: new int[a.Length], Second: new int[b.Length]);
        for (var node = 0; node < first.Length; node++)
        {
            var (i, j) = (Array.BinarySearch(a, first[node]), Array.BinarySearch(b, second[node]));
            if (i >= 0) sizes.First[i]++;
            if (j >= 0) sizes.Second[j]++;
            if (i >= 0 && j >= 0) common[i, j]++;
        }

        return Match(a, b, common, (i, j) => common[i, j] / (sizes.First[i] + sizes.Second[j] - common[i, j]));
    }

    /// <summary>
    /// Matches modules of two layers, such as of two seeds, by |r|, the correlation of their mean activations over the same
    /// samples without its sign: that of a hidden node is free.
    /// </summary>
    /// <param name="firstActivations">The first layer's activations.</param>
    /// <param name="first">The module of each of its nodes; negative for none.</param>
    /// <param name="secondActivations">The second layer's, on the same samples in the same order.</param>
    /// <param name="second">The module of each of its nodes.</param>
    /// <returns>Matched modules by the first's number, the score being |r|, 0 for a constant mean; modules in excess have no match.</returns>
    /// <exception cref="ArgumentException">The samples or the nodes do not agree.</exception>
    public static IReadOnlyList<ModuleMatch> ByActivations(
        NodeActivations firstActivations, ReadOnlySpan<int> first, NodeActivations secondActivations, ReadOnlySpan<int> second)
    {
        ArgumentNullException.ThrowIfNull(firstActivations);
        ArgumentNullException.ThrowIfNull(secondActivations);
        if (firstActivations.Samples != secondActivations.Samples)
        {
            throw new ArgumentException(
                $"firstActivations has {firstActivations.Samples} samples and secondActivations {secondActivations.Samples}; give the same samples to both networks.",
                nameof(secondActivations));
        }

        var (a, b) = (Modules(first), Modules(second));
        var (x, y) = (Means(firstActivations, first, a, nameof(first)), Means(secondActivations, second, b, nameof(second)));
        var similarity = new double[a.Length, b.Length];
        for (var i = 0; i < a.Length; i++)
            for (var j = 0; j < b.Length; j++) similarity[i, j] = Math.Min(1, Math.Abs(x[i].Zip(y[j], (p, q) => p * q).Sum()));
        return Match(a, b, similarity, (i, j) => similarity[i, j]);
    }

    /// <summary>The second labeling under the first's names; a module without a match gets a new name.</summary>
    /// <param name="second">The labeling that was matched.</param>
    /// <param name="matches">Of <see cref="ByNodes"/> or <see cref="ByActivations"/>.</param>
    public static int[] Renamed(ReadOnlySpan<int> second, IReadOnlyList<ModuleMatch> matches)
    {
        var names = matches.ToDictionary(m => m.Second, m => m.First);
        var next = matches.Count == 0 ? 0 : matches.Max(m => m.First) + 1;
        var renamed = new int[second.Length];
        for (var node = 0; node < renamed.Length; node++)
        {
            if (second[node] >= 0 && !names.ContainsKey(second[node])) names[second[node]] = next++;
            renamed[node] = second[node] < 0 ? second[node] : names[second[node]];
        }

        return renamed;
    }

    private static int[] Modules(ReadOnlySpan<int> labels) => [.. new SortedSet<int>(labels.ToArray().Where(label => label >= 0))];

    private static ModuleMatch[] Match(int[] first, int[] second, double[,] profit, Func<int, int, double> score)
    {
        if (first.Length == 0 || second.Length == 0) return [];
        var turned = first.Length > second.Length;
        var best = Assignment.Best(turned ? Transposed(profit) : profit);
        return [.. best
            .Select((other, own) => turned ? (I: other, J: own) : (I: own, J: other))
            .OrderBy(pair => pair.I)
            .Select(pair => new ModuleMatch(first[pair.I], second[pair.J], score(pair.I, pair.J)))];
    }

    private static double[,] Transposed(double[,] matrix)
    {
        var transposed = new double[matrix.GetLength(1), matrix.GetLength(0)];
        for (var i = 0; i < matrix.GetLength(0); i++)
            for (var j = 0; j < matrix.GetLength(1); j++) transposed[j, i] = matrix[i, j];
        return transposed;
    }

    /// <summary>Each module's mean activation, centred and of length 1; zeros where it is constant.</summary>
    private static double[][] Means(NodeActivations activations, ReadOnlySpan<int> labels, int[] modules, string argument)
    {
        Arguments.Length(labels.Length, activations.Nodes, argument, "node of the layer");
        var means = new double[modules.Length][];
        for (var m = 0; m < modules.Length; m++) means[m] = new double[activations.Samples];
        for (var node = 0; node < labels.Length; node++)
        {
            if (labels[node] < 0 || activations.IsConstant(node)) continue;
            var mean = means[Array.BinarySearch(modules, labels[node])];
            var values = activations.Of(node);
            for (var s = 0; s < mean.Length; s++) mean[s] += values[s];
        }

        foreach (var mean in means)
        {
            var centre = mean.Average();
            var length = Math.Sqrt(mean.Sum(v => (v - centre) * (v - centre)));
            for (var s = 0; s < mean.Length; s++) mean[s] = length > 0 ? (mean[s] - centre) / length : 0;
        }

        return means;
    }
}
