using Gsr.Analysis.Metrics;

namespace Gsr.Experiments.TCells;

/// <summary>
/// The mean of every column over groups of examples that may overlap or leave examples out, such as stages of a development
/// (<see cref="ClassMeans"/> is for classes that divide all).
/// </summary>
public static class GroupMeans
{
    /// <summary>Means of the values.</summary>
    /// <param name="values">[examples, columns], finite: activations of nodes, or markers.</param>
    /// <param name="groups">The examples of each group, at least one in each.</param>
    /// <returns>[groups, columns].</returns>
    /// <exception cref="ArgumentException">There is no group, one is empty or names no example, or a value is not finite.</exception>
    public static double[,] Of(double[,] values, IReadOnlyList<IReadOnlyList<int>> groups)
    {
        var (examples, columns) = Arguments.Matrix(values, nameof(values));
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count == 0) throw new ArgumentException("groups is empty; give at least one group.", nameof(groups));
        var means = new double[groups.Count, columns];
        for (var g = 0; g < groups.Count; g++)
        {
            if (groups[g].Count == 0) throw new ArgumentException($"groups[{g}] is empty; a mean needs at least one example.", nameof(groups));
            foreach (var example in groups[g])
            {
                if ((uint)example >= (uint)examples)
                    throw new ArgumentException($"groups[{g}] names example {example}; there are {examples}, from 0.", nameof(groups));
                for (var j = 0; j < columns; j++) means[g, j] += values[example, j];
            }

            for (var j = 0; j < columns; j++) means[g, j] /= groups[g].Count;
        }

        return means;
    }
}
