namespace Gsr.Analysis.Metrics;

/// <summary>
/// How similar nodes are in what they represent: Pearson's correlation of two nodes' profiles, such as their
/// correlations with marker genes, within and between modules and along an order (the numbers of Tong et al. 2020,
/// developing cortex).
/// </summary>
/// <param name="Within">Mean over the pairs of one module; NaN where every module is a single node.</param>
/// <param name="Between">Mean over the pairs of different modules; NaN where there is one module.</param>
public sealed record ProfileCorrelation(double Within, double Between)
{
    /// <summary>Compares profiles within modules and between them.</summary>
    /// <param name="profiles">[nodes, features], finite. Pairs with a constant profile are left out.</param>
    /// <param name="modules">The module of each node; negative for none, and then the node is left out.</param>
    /// <exception cref="ArgumentException">The numbers of nodes differ, or a value is not finite.</exception>
    public static ProfileCorrelation Of(double[,] profiles, ReadOnlySpan<int> modules)
    {
        var correlations = Matrix(profiles);
        Arguments.Length(modules.Length, correlations.GetLength(0), nameof(modules), "node");
        (double Sum, int Count) within = default, between = default;
        for (var i = 0; i < modules.Length; i++)
        {
            for (var j = i + 1; j < modules.Length; j++)
            {
                if (modules[i] < 0 || modules[j] < 0 || double.IsNaN(correlations[i, j])) continue;
                ref var sums = ref modules[i] == modules[j] ? ref within : ref between;
                sums = (sums.Sum + correlations[i, j], sums.Count + 1);
            }
        }

        return new ProfileCorrelation(within.Sum / within.Count, between.Sum / between.Count);
    }

    /// <summary>The mean correlation of neighbours in an order; NaN where no pair has one.</summary>
    /// <param name="profiles">[nodes, features], finite.</param>
    /// <param name="order">Two or more nodes, each at most once.</param>
    /// <exception cref="ArgumentException">The order names a node that is not there, or one twice.</exception>
    public static double Along(double[,] profiles, IReadOnlyList<int> order)
    {
        ArgumentNullException.ThrowIfNull(order);
        var correlations = Matrix(profiles);
        var nodes = correlations.GetLength(0);
        if (order.Count < 2 || order.Any(node => node < 0 || node >= nodes) || order.Distinct().Count() < order.Count)
        {
            throw new ArgumentException(
                $"order is [{string.Join(", ", order)}]; name two or more of the nodes 0 to {nodes - 1}, each once.",
                nameof(order));
        }
        return order.Zip(order.Skip(1), (a, b) => correlations[a, b]).Where(r => !double.IsNaN(r))
            .DefaultIfEmpty(double.NaN).Average();
    }

    /// <summary>The correlation of every two rows; NaN where one is constant.</summary>
    internal static double[,] Matrix(double[,] profiles)
    {
        var (nodes, features) = Arguments.Matrix(profiles, nameof(profiles));
        if (features > 1) return NodeCorrelation.Of(profiles.Transposed(), profiles.Transposed());
        // A profile of one feature has no correlation.
        var undefined = new double[nodes, nodes];
        for (var i = 0; i < nodes; i++)
            for (var j = 0; j < nodes; j++) undefined[i, j] = double.NaN;
        return undefined;
    }
}
