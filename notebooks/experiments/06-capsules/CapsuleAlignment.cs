namespace Gsr.Experiments.Capsules;

/// <summary>
/// Does a dimension mean the same in every capsule? Its change is decoded by each, and the changes of the images are compared: the mean
/// cosine over all pairs of capsules. 1: the same pixels change in the same way; 0: unrelated; and negative: opposite.
/// </summary>
public static class CapsuleAlignment
{
    /// <summary>The alignment of each dimension.</summary>
    /// <param name="changes">[capsules, dimensions, pixels], at least two capsules: what a dimension adds to the image.</param>
    /// <returns>
    /// One value per dimension, -1/(capsules - 1) to 1; a capsule without any change there takes no part, and NaN stands where fewer than
    /// two have one.
    /// </returns>
    /// <exception cref="ArgumentException">There is one capsule, no dimension or no pixel, or a change is not finite.</exception>
    public static double[] Of(double[,,] changes)
    {
        var cosines = Cosines(changes);
        var same = DimensionShuffle.Unchanged(changes.GetLength(0), changes.GetLength(1));
        return [.. Enumerable.Range(0, changes.GetLength(1)).Select(place => At(cosines, same, place))];
    }

    /// <summary>The mean over the dimensions that have a value, beside its null of renumbered dimensions.</summary>
    /// <param name="changes">[capsules, dimensions, pixels].</param>
    /// <param name="shuffles">Number of renumberings.</param>
    /// <param name="seed">Of the renumberings.</param>
    /// <exception cref="ArgumentException">As for <see cref="Of"/>.</exception>
    public static DimensionShuffleTest Test(double[,,] changes, int shuffles = 999, int seed = 0)
    {
        var cosines = Cosines(changes);
        var (capsules, dimensions) = (changes.GetLength(0), changes.GetLength(1));
        return DimensionShuffle.Test(capsules, dimensions, places =>
        {
            var (sum, count) = (0.0, 0);
            for (var place = 0; place < dimensions; place++)
            {
                var value = At(cosines, places, place);
                if (double.IsNaN(value)) continue;
                sum += value;
                count++;
            }

            return sum / count;
        }, shuffles, seed);
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
        ArgumentNullException.ThrowIfNull(changes);
        var (capsules, dimensions, pixels) = (changes.GetLength(0), changes.GetLength(1), changes.GetLength(2));
        if (capsules < 2 || dimensions == 0 || pixels == 0)
        {
            throw new ArgumentException(
                $"changes is [{capsules}, {dimensions}, {pixels}]; give at least two capsules, one dimension and one pixel.", nameof(changes));
        }

        var nodes = capsules * dimensions;
        var unit = new double[nodes, pixels];
        for (var i = 0; i < nodes; i++)
        {
            var square = 0.0;
            for (var p = 0; p < pixels; p++)
            {
                var change = changes[i / dimensions, i % dimensions, p];
                if (!double.IsFinite(change))
                {
                    throw new ArgumentException(
                        $"changes[{i / dimensions}, {i % dimensions}, {p}] is {change}; every change is finite.", nameof(changes));
                }

                square += change * change;
            }

            // 0/0 is NaN, which marks a node without a direction.
            for (var p = 0; p < pixels; p++) unit[i, p] = changes[i / dimensions, i % dimensions, p] / Math.Sqrt(square);
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
