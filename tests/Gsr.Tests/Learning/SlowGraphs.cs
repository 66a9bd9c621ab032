using Gsr.Learning;

namespace Gsr.Tests.Learning;

/// <summary>The builders' definitions, one pair of nodes at a time, in double precision.</summary>
internal static class SlowGraphs
{
    public static double Distance(double[] x, double[] y, NodeDistance kind)
    {
        if (kind == NodeDistance.Euclidean) return Math.Sqrt(x.Zip(y, (a, b) => (a - b) * (a - b)).Sum());
        if (kind == NodeDistance.Correlation)
        {
            x = [.. x.Select(a => a - x.Average())];
            y = [.. y.Select(b => b - y.Average())];
        }

        return 1 - (x.Zip(y, (a, b) => a * b).Sum() / Math.Sqrt(x.Sum(a => a * a)) / Math.Sqrt(y.Sum(b => b * b)));
    }

    public static double[,] NearestNeighbours(ActivationSample sample, int k, NodeDistance distance)
    {
        var directed = new double[sample.Nodes, sample.Nodes];
        for (var i = 0; i < sample.Nodes; i++)
        {
            if (sample.IsConstant(i)) continue;
            foreach (var (node, _) in Others(sample, i, distance).Take(k)) directed[i, node] = 1;
        }

        return Matrix(sample.Nodes, (i, j) => (directed[i, j] + directed[j, i]) / 2);
    }

    public static double[,] AdaptiveGaussian(ActivationSample sample, int k, double cut)
    {
        var bandwidths = new double[sample.Nodes];
        for (var i = 0; i < sample.Nodes; i++)
            bandwidths[i] = Others(sample, i, NodeDistance.Euclidean).Take(k).LastOrDefault().Distance;
        return Gaussian(sample, cut, (i, d) => d == 0 ? 1 : bandwidths[i] == 0 ? 0
            : Math.Exp(-d * d / bandwidths[i] / bandwidths[i]));
    }

    /// <summary>
    /// Joins the two groups of nearest mean, every distance anew each time, until so many are left.
    /// </summary>
    public static int[] Merged(NodeActivations activations, int[] labels, int count)
    {
        labels = [.. labels];
        while (labels.Distinct().Count() > count)
        {
            var groups = labels.Distinct().Order().ToArray();
            var (a, b) = (from low in groups
                          from high in groups
                          where low < high
                          orderby Distance(Mean(low), Mean(high), NodeDistance.Euclidean), low, high
                          select (low, high)).First();
            labels = [.. labels.Select(label => label == b ? a : label)];
        }

        return labels;

        double[] Mean(int group) => [.. Enumerable.Range(0, activations.Samples).Select(s => Enumerable
            .Range(0, labels.Length).Where(i => labels[i] == group).Average(i => (double)activations.Of(i)[s]))];
    }

    private static double[,] Gaussian(ActivationSample sample, double cut, Func<int, double, double> half) =>
        Matrix(sample.Nodes, (i, j) =>
    {
        if (i == j || sample.IsConstant(i) || sample.IsConstant(j)) return 0;
        var d = Distance(sample.Node(i), sample.Node(j), NodeDistance.Euclidean);
        var weight = (half(i, d) + half(j, d)) / 2;
        return weight >= cut ? weight : 0;
    });

    private static IEnumerable<(int Node, double Distance)> Others(
        ActivationSample sample, int i, NodeDistance distance) =>
        from j in Enumerable.Range(0, sample.Nodes)
        where j != i && !sample.IsConstant(j)
        let d = Distance(sample.Node(i), sample.Node(j), distance)
        orderby d, j
        select (j, d);

    private static double[,] Matrix(int nodes, Func<int, int, double> entry)
    {
        var matrix = new double[nodes, nodes];
        for (var i = 0; i < nodes; i++)
        {
            for (var j = 0; j < nodes; j++) matrix[i, j] = entry(i, j);
        }

        return matrix;
    }
}
