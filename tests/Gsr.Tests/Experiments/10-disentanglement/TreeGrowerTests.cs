using Gsr.Experiments.Disentanglement;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.Disentanglement;

public sealed class TreeGrowerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_split_of_a_tree_is_as_good_as_the_best_of_all(bool ofClasses)
    {
        var random = new Random(ofClasses ? 1 : 2);
        for (var round = 0; round < 150; round++)
        {
            var (examples, count) = (random.Next(2, 40), random.Next(1, 5));
            // Whole numbers in a small range: equal values are the rule.
            var features = Matrix(examples, count, () => random.Next(2) == 0 ? random.Next(4) : random.NextDouble());
            double[] values = [
                .. Enumerable.Range(0, examples).Select(_ => Math.Round(10 * random.NextDouble()) + 1000)];
            int[] classes = [.. Enumerable.Range(0, examples).Select(_ => random.Next(3))];
            int[] weights = [.. Enumerable.Range(0, examples).Select(_ => random.Next(4))];
            weights[0]++;
            var options = new RandomForestOptions { MaxDepth = random.Next(1, 6), LeastPerLeaf = random.Next(1, 6) };
            var importances = new double[count];
            SplitCriterion criterion = ofClasses ? new GiniCriterion(classes, 3) : new VarianceCriterion(values);
            var tree = new TreeGrower(Columns(features), Sorted(features), criterion, options)
                .Grow(weights, random, importances);
            Func<int[], double> impurity = ofClasses ? some => SlowTree.Gini(some, weights, classes) : some =>
                SlowTree.Variance(some, weights, values);
            int[] drawn = [.. Enumerable.Range(0, examples).Where(e => weights[e] > 0)];
            Near.Equal(Check(tree, 0, drawn, 0), importances.Sum(), 1e-7);

            double Check(DecisionTree grown, int node, int[] some, int depth)
            {
                var best = SlowTree.BestGain(features, some, weights, impurity, options.LeastPerLeaf);
                var (feature, threshold, left, right) = grown[node];
                if (feature < 0)
                {
                    Assert.True(depth == options.MaxDepth
                        || best is null or < 1e-6, $"a leaf at depth {depth} could gain {best}");
                    var outputs = grown.Outputs(features, some[0]);
                    var weight = some.Sum(e => weights[e]);
                    if (ofClasses) Near.Equal(Enumerable.Range(0, 3)
                        .Select(k => some.Sum(e => classes[e] == k ? weights[e] : 0) / (double)weight), outputs);
                    else Near.Equal(some.Sum(e => weights[e] * values[e]) / weight, outputs[0]);
                    return 0;
                }

                int[] low = [.. some.Where(e => features[e, feature] <= threshold)], high = [.. some.Except(low)];
                var gain = (some.Sum(e => weights[e]) * impurity(some)) - (low.Sum(e => weights[e]) * impurity(low))
                    - (high.Sum(e => weights[e]) * impurity(high));
                Near.Equal(best!.Value, gain, 1e-7);
                Assert.True(low.Sum(e => weights[e]) >= options.LeastPerLeaf
                    && high.Sum(e => weights[e]) >= options.LeastPerLeaf);
                return gain + Check(grown, left, low, depth + 1) + Check(grown, right, high, depth + 1);
            }
        }
    }

    [Fact]
    public void A_threshold_between_neighbouring_numbers_parts_them()
    {
        var features = new[,] { { 1.0 }, { Math.BitIncrement(1.0) } };
        var tree = new TreeGrower(
            Columns(features), Sorted(features), new VarianceCriterion([0, 1]), new() { LeastPerLeaf = 1 })
                .Grow([1, 1], new Random(0), new double[1]);
        Assert.Equal([0.0, 1.0], [tree.Outputs(features, 0)[0], tree.Outputs(features, 1)[0]]);
    }

    [Fact]
    public void A_tree_does_not_depend_on_the_one_before()
    {
        var random = new Random(4);
        // Three columns alike: every split is a tie.
        var features = Matrix(40, 3, () => 0);
        for (var e = 0; e < 40; e++) features[e, 0] = features[e, 1] = features[e, 2] = random.NextDouble();
        double[] values = [.. Enumerable.Range(0, 40).Select(_ => random.NextDouble())];
        var grower = new TreeGrower(
            Columns(features), Sorted(features), new VarianceCriterion(values), new() { LeastPerLeaf = 1 });
        double[] Grown()
        {
            var importances = new double[3];
            grower.Grow([.. Enumerable.Repeat(1, 40)], new Random(5), importances);
            return importances;
        }

        var first = Grown();
        Assert.True(first.Count(v => v > 0) > 1);
        for (var i = 0; i < 5; i++) Assert.Equal(first, Grown());
    }

    internal static double[,] Matrix(int rows, int columns, Func<double> value)
    {
        var matrix = new double[rows, columns];
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++) matrix[i, j] = value();
        return matrix;
    }

    private static double[][] Columns(double[,] features) =>
        [.. Enumerable.Range(0, features.GetLength(1))
            .Select(f => Enumerable.Range(0, features.GetLength(0)).Select(e => features[e, f]).ToArray())];

    private static int[][] Sorted(double[,] features) =>
        [.. Columns(features).Select(column => Enumerable.Range(0, column.Length).OrderBy(e => column[e]).ToArray())];
}
