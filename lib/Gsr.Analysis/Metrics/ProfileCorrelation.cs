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
    /// <summary>
    /// Compares profiles [nodes, features] within modules and between them. Constant profiles and nodes of a negative
    /// module are left out.
    /// </summary>
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

    /// <summary>
    /// The mean correlation of neighbours in an order of two or more nodes, each at most once; NaN where no pair has
    /// one.
    /// </summary>
    /// <exception cref="ArgumentException">The order names a node that is not there, or one twice.</exception>
    public static double Along(double[,] profiles, IReadOnlyList<int> order)
    {
        ArgumentNullException.ThrowIfNull(order);
        var correlations = Matrix(profiles);
        var nodes = correlations.GetLength(0);
        Arguments.Require(order.Count >= 2 && order.All(node => node >= 0 && node < nodes)
            && order.Distinct().Count() == order.Count, nameof(order),
            $"order is [{string.Join(", ", order)}]; name two or more of the nodes 0 to {nodes - 1}, each once.");
        return order.Zip(order.Skip(1), (a, b) => correlations[a, b]).Where(r => !double.IsNaN(r))
            .DefaultIfEmpty(double.NaN).Average();
    }

    /// <summary>The correlation of every two rows; NaN where one is constant.</summary>
    internal static double[,] Matrix(double[,] profiles)
    {
        var (nodes, features) = Arguments.Matrix(profiles, nameof(profiles));
        // A profile of one feature has no correlation.
        return features > 1 ? NodeCorrelation.Of(profiles.Transposed(), profiles.Transposed())
            : Matrices.Of(nodes, nodes, (_, _) => double.NaN);
    }
}
