using Gsr.Internals;

namespace Gsr.Experiments.Disentanglement;

/// <summary>
/// A random forest (Breiman 2001): the mean of trees that are grown on bootstraps of the examples, for a number or a class, with
/// the importance of each feature.
/// </summary>
/// <remarks>
/// A feature's importance is its share of the fall of impurity (variance, or Gini's index) over all splits of a tree, mean over the
/// trees that have a split. It is about the examples the forest was grown on; a feature that only tells noise has some too.
/// </remarks>
/// <example><code>
/// var forest = RandomForest.Regression(codes, slants, new RandomForestOptions { Seed = 1 });
/// double[] shares = forest.Importances();
/// </code></example>
public sealed class RandomForest
{
    private const int BootstrapStream = 40;
    private readonly DecisionTree[] _trees;
    private readonly double[] _importances;
    private readonly int _outputs;

    private RandomForest(double[,] features, Func<SplitCriterion> criterion, RandomForestOptions options)
    {
        var (examples, count) = (features.GetLength(0), features.GetLength(1));
        double[][] columns = [.. Enumerable.Range(0, count).Select(f => Enumerable.Range(0, examples).Select(e => features[e, f]).ToArray())];
        var sorted = Array.ConvertAll(columns, Sorted);
        _trees = new DecisionTree[options.Trees];
        var shares = new double[options.Trees][];
        Parallel.For(0, options.Trees, () => new TreeGrower(columns, sorted, criterion(), options), (tree, _, grower) =>
        {
            var random = new SplitMix64(options.Seed, BootstrapStream, tree);
            var weights = new int[examples];
            for (var i = 0; i < examples; i++) weights[random.Next(examples)]++;
            _trees[tree] = grower.Grow(weights, random, shares[tree] = new double[count]);
            return grower;
        }, _ => { });
        _outputs = criterion().Outputs;
        _importances = MeanShares(shares, count);
    }

    /// <summary>Number of features.</summary>
    public int Features => _importances.Length;

    /// <summary>Each feature's share of the fall of impurity, summing to 1; all 0 where no tree has a split.</summary>
    public double[] Importances() => [.. _importances];

    internal IReadOnlyList<DecisionTree> Trees => _trees;

    /// <summary>Grows a forest that predicts a number.</summary>
    /// <param name="features">[examples, features], finite.</param>
    /// <param name="target">One finite value per example.</param>
    /// <param name="options">Defaults where null.</param>
    /// <exception cref="ArgumentException">A size does not match, a value is not finite, or an option cannot be.</exception>
    public static RandomForest Regression(double[,] features, ReadOnlySpan<double> target, RandomForestOptions? options = null)
    {
        options = Checked(features, target.Length, options);
        for (var i = 0; i < target.Length; i++)
            if (!double.IsFinite(target[i])) throw new ArgumentException($"target[{i}] is {target[i]}; drop what has no value first.", nameof(target));
        var values = target.ToArray();
        return new RandomForest(features, () => new VarianceCriterion(values), options);
    }

    /// <summary>Grows a forest that predicts a class.</summary>
    /// <param name="features">[examples, features], finite.</param>
    /// <param name="classes">The class of each example, from 0.</param>
    /// <param name="options">Defaults where null.</param>
    /// <exception cref="ArgumentException">A size does not match, a value is not finite, a class is negative, or an option cannot be.</exception>
    public static RandomForest Classification(double[,] features, ReadOnlySpan<int> classes, RandomForestOptions? options = null)
    {
        options = Checked(features, classes.Length, options);
        var count = 0;
        for (var i = 0; i < classes.Length; i++)
        {
            if (classes[i] < 0) throw new ArgumentException($"classes[{i}] is {classes[i]}; number the classes from 0.", nameof(classes));
            count = Math.Max(count, classes[i] + 1);
        }

        if (count > classes.Length)
            throw new ArgumentException($"classes names class {count - 1}, and there are {classes.Length} examples; number the classes that occur from 0.", nameof(classes));
        var labels = classes.ToArray();
        return new RandomForest(features, () => new GiniCriterion(labels, count), options);
    }

    /// <summary>The mean over the trees: the number, or for a class each class's share.</summary>
    /// <param name="features">[examples, features], finite, as many features as the forest was grown on.</param>
    /// <returns>[examples, 1] for a number, [examples, classes] for a class.</returns>
    /// <exception cref="ArgumentException">There are more or fewer features, or a value is not finite.</exception>
    public double[,] Predict(double[,] features)
    {
        var (examples, count) = Arguments.Matrix(features, nameof(features));
        Arguments.Length(count, Features, nameof(features), "feature of the forest");
        var means = new double[examples, _outputs];
        for (var e = 0; e < examples; e++)
        {
            foreach (var tree in _trees)
            {
                var outputs = tree.Outputs(features, e);
                for (var k = 0; k < _outputs; k++) means[e, k] += outputs[k] / _trees.Length;
            }
        }

        return means;
    }

    private static RandomForestOptions Checked(double[,] features, int targets, RandomForestOptions? options)
    {
        var (examples, count) = Arguments.Matrix(features, nameof(features));
        Arguments.Length(targets, examples, "target", "example");
        options ??= new RandomForestOptions();
        options.Check(count);
        return options;
    }

    private static int[] Sorted(double[] column)
    {
        int[] order = [.. Enumerable.Range(0, column.Length)];
        Array.Sort((double[])column.Clone(), order);
        return order;
    }

    private static double[] MeanShares(double[][] trees, int features)
    {
        var means = new double[features];
        var grown = 0;
        foreach (var tree in trees)
        {
            var total = tree.Sum();
            if (total <= 0) continue;
            grown++;
            for (var f = 0; f < features; f++) means[f] += tree[f] / total;
        }

        for (var f = 0; f < features && grown > 0; f++) means[f] /= grown;
        return means;
    }
}
