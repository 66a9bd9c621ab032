namespace Gsr.Experiments.Capsules;

/// <summary>
/// Does a dimension mean the same in every capsule? The changes of the image by one dimension are compared between
/// capsules: the mean cosine over all pairs. 1: the same pixels change in the same way; 0: unrelated; negative:
/// opposite.
/// </summary>
public static class CapsuleAlignment
{
    /// <summary>
    /// The alignment of each dimension from the image's changes [capsules, dimensions, pixels], -1/(capsules - 1) to 1.
    /// A capsule without any change does not count; NaN where fewer than two have one.
    /// </summary>
    public static double[] Of(double[,,] changes)
    {
        var cosines = Cosines(changes);
        var same = DimensionShuffleTest.Unchanged(changes.GetLength(0), changes.GetLength(1));
        return [.. Enumerable.Range(0, changes.GetLength(1)).Select(place => At(cosines, same, place))];
    }

    /// <summary>The mean over the dimensions that have a value, beside its null of renumbered dimensions.</summary>
    public static DimensionShuffleTest Test(double[,,] changes, int shuffles = 999, int seed = 0)
    {
        var cosines = Cosines(changes);
        var (capsules, dimensions) = (changes.GetLength(0), changes.GetLength(1));
        return DimensionShuffleTest.Of(capsules, dimensions, places => Enumerable.Range(0, dimensions)
            .Select(place => At(cosines, places, place)).Where(value => !double.IsNaN(value))
            .DefaultIfEmpty(double.NaN).Average(), shuffles, seed);
    }

    private static double At(double[,] cosines, IReadOnlyList<int[]> places, int place)
    {
        var (sum, pairs, dimensions) = (0.0, 0, places[0].Length);
        for (var i = 0; i < places.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var cosine = cosines[(i * dimensions) + places[i][place], (j * dimensions) + places[j][place]];
                if (double.IsNaN(cosine)) continue;
                sum += cosine;
                pairs++;
            }
        }

        return pairs == 0 ? double.NaN : sum / pairs;
    }

    /// <summary>Of every dimension of every capsule with every other; NaN where there is no change.</summary>
    private static double[,] Cosines(double[,,] changes)
    {
        var (dimensions, pixels) = (changes.GetLength(1), changes.GetLength(2));
        var nodes = changes.GetLength(0) * dimensions;
        var unit = new double[nodes, pixels];
        for (var i = 0; i < nodes; i++)
        {
            var square = 0.0;
            for (var p = 0; p < pixels; p++)
                square += changes[i / dimensions, i % dimensions, p] * changes[i / dimensions, i % dimensions, p];

            // 0/0 is NaN, which marks a node without a direction.
            for (var p = 0; p < pixels; p++)
                unit[i, p] = changes[i / dimensions, i % dimensions, p] / Math.Sqrt(square);
        }

        var cosines = new double[nodes, nodes];
        for (var i = 0; i < nodes; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = 0.0;
                for (var p = 0; p < pixels; p++) sum += unit[i, p] * unit[j, p];
                cosines[i, j] = cosines[j, i] = sum;
            }
        }

        return cosines;
    }
}
