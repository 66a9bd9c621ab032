using Gsr.Experiments.Disentanglement;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.Disentanglement;

public sealed class RandomForestTests
{
    private static readonly RandomForestOptions Small = new() { Trees = 20, Seed = 3 };

    [Fact]
    public void A_linear_target_is_predicted_and_importances_go_as_the_variances()
    {
        var random = new Random(1);
        var x = TreeGrowerTests.Matrix(2000, 4, random.NextDouble);
        double[] y = [.. Enumerable.Range(0, 2000).Select(e => (3 * x[e, 1]) + x[e, 3])];
        var forest = RandomForest.Regression(x, y, Small);
        var shares = forest.Importances;
        Assert.Equal(1, shares.Sum(), 1e-9);
        Assert.InRange(shares[1], 0.86, 0.92); // 9 of 10
        Assert.InRange(shares[3], 0.08, 0.12); // 1 of 10
        Assert.All([shares[0], shares[2]], share => Assert.InRange(share, 0, 0.01));
        var predicted = forest.Predict(x);
        Assert.InRange(y.Select((v, e) => Math.Pow(v - predicted[e, 0], 2)).Average(), 0, 0.01);
    }

    [Fact]
    public void Classes_are_told_and_their_shares_sum_to_one()
    {
        var random = new Random(2);
        var x = TreeGrowerTests.Matrix(600, 3, random.NextDouble);
        int[] classes = [.. Enumerable.Range(0, 600).Select(e => (x[e, 0] > 0.5 ? 1 : 0) + (x[e, 2] > 0.5 ? 2 : 0))];
        var forest = RandomForest.Classification(x, classes, Small);
        var predicted = forest.Predict(x);
        Assert.Equal((600, 4), (predicted.GetLength(0), predicted.GetLength(1)));
        for (var e = 0; e < 600; e++)
        {
            double[] row = [.. Enumerable.Range(0, 4).Select(k => predicted[e, k])];
            Assert.Equal(1, row.Sum(), 1e-9);
        }

        Assert.InRange(Enumerable.Range(0, 600).Count(e => predicted[e, classes[e]] > 0.5), 580, 600);
        Assert.InRange(forest.Importances[1], 0, 0.05);
    }

    [Fact]
    public void The_same_seed_gives_the_same_forest_and_another_seed_another()
    {
        var random = new Random(3);
        var x = TreeGrowerTests.Matrix(200, 5, random.NextDouble);
        double[] y = [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble())];
        double[] Of(int seed) => RandomForest.Regression(x, y, Small with { Seed = seed }).Importances;
        Assert.Equal(Of(1), Of(1));
        Assert.NotEqual(Of(1), Of(2));
    }

    [Fact]
    public void Scale_and_offset_of_a_feature_do_not_matter()
    {
        var random = new Random(4);
        var x = TreeGrowerTests.Matrix(300, 3, random.NextDouble);
        double[] y = [.. Enumerable.Range(0, 300).Select(e => Math.Sin(5 * x[e, 0]) + (0.3 * x[e, 2]))];
        var other = new double[300, 3];
        for (var e = 0; e < 300; e++)
            for (var f = 0; f < 3; f++) other[e, f] = (x[e, f] * Math.Pow(1000, f - 1)) + (7 * f);
        Near.Equal(
            RandomForest.Regression(x, y, Small).Importances, RandomForest.Regression(other, y, Small).Importances);
    }

    [Fact]
    public void Twins_share_the_importance_and_constants_have_none()
    {
        var random = new Random(5);
        var x = TreeGrowerTests.Matrix(500, 3, random.NextDouble);
        for (var e = 0; e < 500; e++) (x[e, 1], x[e, 2]) = (x[e, 0], 4);
        double[] y = [.. Enumerable.Range(0, 500).Select(e => x[e, 0])];
        var shares = RandomForest.Regression(x, y, new() { Trees = 200 }).Importances;
        Assert.InRange(shares[0], 0.35, 0.65);
        Assert.Equal(0, shares[2]);
    }

    [Fact]
    public void Nothing_to_split_gives_no_importance_and_the_mean()
    {
        var forest = RandomForest.Regression(
            TreeGrowerTests.Matrix(30, 2, () => 1), [.. Enumerable.Range(0, 30).Select(i => (double)i)], Small);
        Assert.Equal([0.0, 0.0], forest.Importances);
        Assert.All(forest.Trees, tree => Assert.Equal(1, tree.Count));
        var constant = RandomForest.Regression(
            TreeGrowerTests.Matrix(30, 2, new Random(7).NextDouble), Enumerable.Repeat(5.0, 30).ToArray(), Small);
        Assert.Equal([0.0, 0.0], constant.Importances);
        Near.Equal(5, constant.Predict(new double[1, 2])[0, 0]);
        Near.Equal(1, RandomForest.Classification(new double[,] { { 1 } }, [0], Small).Predict(new double[1, 1])[0, 0]);
    }

    [Fact]
    public void Hostile_input_is_named()
    {
        var x = TreeGrowerTests.Matrix(4, 2, () => 1);
        Assert.Throws<ArgumentException>("target", () => RandomForest.Regression(x, [1, 2, 3], Small));
        x[3, 1] = double.PositiveInfinity;
        Assert.Throws<ArgumentException>("features", () => RandomForest.Regression(x, [1, 2, 3, 4], Small));
        var forest = RandomForest.Regression(new double[4, 2], [1, 2, 3, 4], Small);
        Assert.Throws<ArgumentException>("features", () => forest.Predict(new double[1, 3]));
    }
}
