namespace Gsr.Experiments.TCells;

/// <summary>
/// The mean of every column over groups of examples that may overlap or leave examples out, such as stages of a
/// development (<see cref="Analysis.Metrics.ClassMeans"/> is for classes that divide all).
/// </summary>
public static class GroupMeans
{
    /// <summary>Means [groups, columns] of values [examples, columns] over the examples of each group.</summary>
    /// <exception cref="ArgumentException">A group is empty.</exception>
    public static double[,] Of(double[,] values, IReadOnlyList<IReadOnlyList<int>> groups)
    {
        var columns = values.GetLength(1);
        var means = new double[groups.Count, columns];
        for (var g = 0; g < groups.Count; g++)
        {
            Arguments.NotEmpty(groups[g], nameof(groups), "example in each group");
            foreach (var example in groups[g])
                for (var j = 0; j < columns; j++) means[g, j] += values[example, j];
            for (var j = 0; j < columns; j++) means[g, j] /= groups[g].Count;
        }

        return means;
    }
}
