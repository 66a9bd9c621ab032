using Gsr.Experiments.Disentanglement;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.Disentanglement;

public sealed class LassoTests
{
    [Fact]
    public void One_feature_as_by_hand()
    {
        // x = (-1, 1) · 2 + 3 is standardised to (-1, 1); c = mean(x y) = (7 - 1) / 2 = 3, intercept 4, w = 3 - λ.
        var x = new[,] { { 1.0 }, { 5.0 } };
        var lasso = Lasso.Fit(x, [1, 7], 0.5);
        Near.Equal([2.5], lasso.Weights, 1e-7);
        Near.Equal([1.5, 6.5], lasso.Predict(x), 1e-7);
        Assert.Equal([0.0], Lasso.Fit(x, [1, 7], 3).Weights);
        Near.Equal([-2.5], Lasso.Fit(x, [7, 1], 0.5).Weights, 1e-7);
    }

    [Fact]
    public void Two_uncorrelated_features_as_by_hand()
    {
        var x = new double[,] { { 1, 1 }, { 1, -1 }, { -1, 1 }, { -1, -1 } };
        // y = 2 a - 0.3 b + 1: each product is soft-thresholded for itself.
        double[] y = [2.7, 3.3, -1.3, -0.7];
        Near.Equal([1.5, 0], Lasso.Fit(x, y, 0.5).Weights, 1e-7);
        Near.Equal([1.9, -0.2], Lasso.Fit(x, y, 0.1).Weights, 1e-7);
        Near.Equal([2, -0.3], Lasso.Fit(x, y, 0).Weights, 1e-7);
    }

    [Fact]
    public void The_conditions_of_a_minimum_hold_also_where_features_nearly_agree()
    {
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var (n, d) = (random.Next(20, 60), random.Next(1, 8));
            var apart = random.Next(5) == 0 ? 0 : Math.Pow(10, -random.Next(10));
            var x = TreeGrowerTests.Matrix(n, d, random.NextDouble);
            for (var e = 0; e < n; e++)
                for (var j = 1; j < d; j += 2) x[e, j] = x[e, j - 1] + (apart * x[e, j]);
            double[] y = [
                .. Enumerable.Range(0, n).Select(e => (5 * x[e, 0]) - (2 * x[e, d - 1]) + random.NextDouble())];
            var lambda = 0.3 * random.NextDouble();
            var lasso = Lasso.Fit(x, y, lambda);
            var (weights, residual) = (lasso.Weights, lasso.Predict(x).Zip(y, (p, v) => v - p).ToArray());
            for (var j = 0; j < d; j++)
            {
                double[] column = [.. Enumerable.Range(0, n).Select(e => x[e, j])];
                var (mean, sd) = (column.Average(), Math.Sqrt(column.Average(v => Math.Pow(v - column.Average(), 2))));
                var gradient = column.Zip(residual, (v, r) => (v - mean) / sd * r).Average();
                // 0 ∈ ∂: the product is λ sign(w) where w is not 0, and at most λ where it is.
                if (weights[j] != 0) Near.Equal(lambda * Math.Sign(weights[j]), gradient, 1e-6);
                else Assert.True(Math.Abs(gradient) <= lambda + 1e-6, $"|{gradient}| > {lambda}");
            }
        }
    }

    [Fact]
    public void The_path_finds_the_few_features_that_count()
    {
        var random = new Random(2);
        double Normal() =>
            Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double[,] x = TreeGrowerTests.Matrix(300, 10, Normal), other = TreeGrowerTests.Matrix(200, 10, Normal);
        double[] Target(double[,] of) =>
            [.. Enumerable.Range(0, of.GetLength(0)).Select(e => (3 * of[e, 2]) - of[e, 7] + (0.5 * Normal()))];
        var lasso = Lasso.FitPath(x, Target(x), other, Target(other));
        var weights = lasso.Weights;
        Assert.InRange(weights[2], 2.7, 3.3);
        Assert.InRange(weights[7], -1.3, -0.7);
        Assert.All(
            Enumerable.Range(0, 10).Where(j => j is not 2 and not 7), j => Assert.InRange(weights[j], -0.1, 0.1));
        Assert.True(lasso.Lambda > 0);
    }

    [Fact]
    public void Noise_is_given_no_weight_and_constants_never_are()
    {
        var random = new Random(3);
        var x = TreeGrowerTests.Matrix(50, 3, random.NextDouble);
        for (var e = 0; e < 50; e++) x[e, 1] = 0.1;
        double[] y = [.. Enumerable.Range(0, 50).Select(_ => random.NextDouble())];
        Assert.Equal(0, Lasso.Fit(x, y, 0).Weights[1]);
        Assert.Equal([0.0, 0.0, 0.0], Lasso.Fit(x, y, 10).Weights);
        Assert.Equal([0.0, 0.0, 0.0], Lasso.FitPath(x, Enumerable.Repeat(0.1, 50).ToArray(), x, y).Weights);
    }

    [Fact]
    public void Twins_share_the_weight()
    {
        var x = new double[,] { { 1, 1 }, { 1, 1 }, { -1, -1 }, { -1, -1 } };
        Near.Equal([0.75, 0.75], Lasso.Fit(x, [2, 2, -2, -2], 0.5).Weights, 1e-6);
    }

    [Fact]
    public void Hostile_input_is_named()
    {
        Assert.Throws<ArgumentException>("target", () => Lasso.Fit(new double[2, 1], [1], 1));
        Assert.Throws<ArgumentException>("features", () => Lasso.Fit(new[,] { { double.NaN } }, [1], 1));
        Assert.Throws<ArgumentException>(
            "features", () => Lasso.Fit(new double[2, 1], [1, 2], 1).Predict(new double[1, 2]));
    }
}
