using Gsr.Analysis;
using Gsr.Experiments.ScRnaSeq;

namespace Gsr.Tests.Experiments.ScRnaSeq;

public sealed class LinearDiscriminantTests
{
    [Fact]
    public void Separate_classes_are_told_and_shuffled_ones_are_not()
    {
        var (features, classes) = Clouds(distance: 20);
        Assert.Equal(1, LinearDiscriminant.BalancedAccuracy(features, classes));
        var shuffled = Enumerable.Range(0, 20).Average(seed =>
            LinearDiscriminant.BalancedAccuracy(features, classes.Shuffled(new Random(seed))));
        Assert.InRange(shuffled, 1.0 / 3 - 0.05, 1.0 / 3 + 0.05);
    }

    [Fact]
    public void A_rare_class_counts_as_much_as_a_frequent_one()
    {
        // One feature, two normal classes at distance 2: the best boundary tells Φ(1) = .841 of each, whatever sizes.
        var random = new Random(1);
        int[] classes = [.. Enumerable.Range(0, 6000).Select(i => i < 5400 ? 0 : 1)];
        var features = Matrices.Of(6000, 1, (i, _) => (2 * classes[i]) + Normal(random));
        Assert.Equal(0.841, LinearDiscriminant.BalancedAccuracy(features, classes), 0.02);
    }

    [Fact]
    public void Copies_scale_and_direction_of_features_do_not_matter()
    {
        var (features, classes) = Clouds(distance: 1.5);
        var accuracy = LinearDiscriminant.BalancedAccuracy(features, classes);
        Assert.InRange(accuracy, 0.5, 0.9);
        var other = Matrices.Of(features.GetLength(0), 4, (i, j) =>
            j < 2 ? -7 * features[i, j] : features[i, 0] + (2 * features[i, 1]));
        Assert.Equal(accuracy, LinearDiscriminant.BalancedAccuracy(other, classes), 0.01);
    }

    [Fact]
    public void No_feature_and_constant_features_tell_nothing()
    {
        var (features, classes) = Clouds(distance: 1);
        foreach (var count in new[] { 0, 2 })
            Assert.Equal(1.0 / 3, LinearDiscriminant.BalancedAccuracy(new double[300, count], classes), 1e-12);
        Assert.Throws<ArgumentException>(
            "classes", () => LinearDiscriminant.BalancedAccuracy(new double[5, 1], [0, 0, 0, 0, 1]));
        Assert.Throws<ArgumentException>("classes", () => LinearDiscriminant.BalancedAccuracy(features, [0, 1]));
    }

    /// <summary>Three normal clouds of two features, 40, 60 and 200 cells, at the corners of a triangle.</summary>
    private static (double[,] Features, int[] Classes) Clouds(double distance)
    {
        var random = new Random(7);
        int[] classes = [.. Enumerable.Range(0, 300).Select(i => i < 40 ? 0 : i < 100 ? 1 : 2)];
        return (Matrices.Of(300, 2, (i, j) => (classes[i] == j ? distance : 0) + Normal(random)), classes);
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
