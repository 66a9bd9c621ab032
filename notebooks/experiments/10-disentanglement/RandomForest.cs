using Gsr.Analysis;
using Gsr.Internals;

namespace Gsr.Experiments.Disentanglement;

/// <summary>
/// A random forest (Breiman 2001): the mean of trees that are grown on bootstraps of the examples, for a number or a
/// class, with the importance of each feature. Every split may take any feature, so that a feature that predicts the
/// target is never missed and the importances show it.
/// </summary>
/// <remarks>
/// A feature's importance is its share of the decrease of impurity (variance, or Gini's index) over all splits of a
/// tree, mean over the trees that have a split. It refers to the examples the forest was grown on; noise has some
/// importance too.
/// </remarks>
internal sealed class RandomForest
{
    private const int BootstrapStream = 40;
    private readonly DecisionTree[] _trees;
    private readonly int _outputs;

    private RandomForest(double[,] features, Func<SplitCriterion> criterion, RandomForestOptions options)
    {
        var (examples, count) = (features.GetLength(0), features.GetLength(1));
        double[][] columns = [.. features.Columns()];
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
        Importances = MeanShares(shares, count);
    }

    /// <summary>
    /// Each feature's share of the decrease of impurity, summing to 1; all 0 where no tree has a split.
    /// </summary>
    public double[] Importances { get; }

    public IReadOnlyList<DecisionTree> Trees => _trees;

    /// <summary>Grows a forest that predicts a number per example from features [examples, features].</summary>
    public static RandomForest Regression(double[,] features, double[] target, RandomForestOptions options)
    {
        Check(features, target.Length);
        return new RandomForest(features, () => new VarianceCriterion(target), options);
    }

    /// <summary>Grows a forest that predicts a class per example, from 0, from features [examples, features].</summary>
    public static RandomForest Classification(double[,] features, int[] classes, RandomForestOptions options)
    {
        Check(features, classes.Length);
        return new RandomForest(features, () => new GiniCriterion(classes, classes.Max() + 1), options);
    }

    /// <summary>
    /// The mean over the trees: the number, [examples, 1], or for a class each class's share, [examples, classes].
    /// </summary>
    public double[,] Predict(double[,] features)
    {
        var (examples, count) = Arguments.Matrix(features, nameof(features));
        Arguments.Length(count, Importances.Length, nameof(features), "feature of the forest");
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

    private static void Check(double[,] features, int targets) =>
        Arguments.Length(targets, Arguments.Matrix(features, nameof(features)).Rows, "target", "example");

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
