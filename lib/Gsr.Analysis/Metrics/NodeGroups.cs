namespace Gsr.Analysis.Metrics;

/// <summary>
/// What groups of nodes do as wholes, whatever grouped them: their mean activation, and which of them stands out in an
/// example.
/// </summary>
public static class NodeGroups
{
    /// <summary>
    /// Activations [examples, modules] from those of nodes [examples, nodes]: the mean over a module's nodes, each
    /// standardised over the examples, where a constant node counts as 0. Modules are numbered from 0, negative for
    /// none; one without nodes is 0.
    /// </summary>
    /// <exception cref="ArgumentException">Sizes differ, no node has a module, or a value is not finite.</exception>
    public static double[,] Means(double[,] activations, ReadOnlySpan<int> modules)
    {
        var (examples, nodes) = Arguments.Matrix(activations, nameof(activations));
        Arguments.Length(modules.Length, nodes, nameof(modules), "node");
        var count = 0;
        foreach (var module in modules) count = Math.Max(count, module + 1);
        Arguments.Require(count > 0, nameof(modules), "modules gives no node a module; number the modules from 0.");
        var sizes = new int[count];
        var means = new double[examples, count];
        for (var node = 0; node < nodes; node++)
        {
            var module = modules[node];
            if (module < 0) continue;
            sizes[module]++;
            var (mean, deviation) = Moments(activations, node);
            if (deviation == 0) continue;
            for (var e = 0; e < examples; e++) means[e, module] += (activations[e, node] - mean) / deviation;
        }

        for (var e = 0; e < examples; e++)
            for (var m = 0; m < count; m++) means[e, m] /= Math.Max(1, sizes[m]);
        return means;
    }

    /// <summary>
    /// The module that stands out most in each example, by the size of its activation in <see cref="Means"/>: 2m where
    /// module m is high, 2m + 1 where it is low. The sign of a linear node says nothing by itself, but separates
    /// examples.
    /// </summary>
    public static int[] Strongest(double[,] moduleActivations)
    {
        var (examples, count) = Arguments.Matrix(moduleActivations, nameof(moduleActivations));
        var strongest = new int[examples];
        for (var e = 0; e < examples; e++)
        {
            var best = 0;
            for (var m = 1; m < count; m++)
                if (Math.Abs(moduleActivations[e, m]) > Math.Abs(moduleActivations[e, best])) best = m;
            strongest[e] = (2 * best) + (moduleActivations[e, best] < 0 ? 1 : 0);
        }

        return strongest;
    }

    /// <summary>
    /// η² of each quantity of values [examples, quantities], the share of its variance that lies between the examples'
    /// classes (Pearson 1905): 1 where it separates the classes, (classes - 1) / (examples - 1) on average for shuffled
    /// labels, NaN for a constant.
    /// </summary>
    /// <exception cref="ArgumentException">The numbers of examples differ, or a value is not finite.</exception>
    public static double[] VarianceBetween(double[,] values, ReadOnlySpan<int> classes)
    {
        var (examples, count) = Arguments.Matrix(values, nameof(values));
        Arguments.Length(classes.Length, examples, nameof(classes), "example");
        var labels = classes.ToArray();
        var shares = new double[count];
        for (var q = 0; q < count; q++)
        {
            var (mean, deviation) = Moments(values, q);
            var between = Enumerable.Range(0, examples).GroupBy(e => labels[e], e => values[e, q])
                .Sum(group => group.Count() * Math.Pow(group.Average() - mean, 2));
            shares[q] = deviation == 0 ? double.NaN : between / (deviation * deviation * examples);
        }

        return shares;
    }

    private static (double Mean, double Deviation) Moments(double[,] values, int column)
    {
        var own = values.Column(column);
        var mean = own.Sum(value => value / own.Length);
        var variance = own.Sum(value => Math.Pow(value - mean, 2) / own.Length);
        return (mean, own.All(value => value == own[0]) ? 0 : Math.Sqrt(variance));
    }
}
