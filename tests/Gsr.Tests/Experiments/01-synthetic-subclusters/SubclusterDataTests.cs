using Gsr.Experiments.Subclusters;

namespace Gsr.Tests.Experiments.Subclusters;

public sealed class SubclusterDataTests
{
    private static readonly SubclusterData Paper = SubclusterData.Generate(60_000, seed: 0);

    [Fact]
    public void Its_shape_is_the_papers()
    {
        Assert.Equal((60_000, 15), (Paper.Samples, Paper.Features));
        Assert.Equal(60_000 * 15, Paper.Values.Length);
        Assert.Equal("60000 samples, 15 features in 3 modules, 6 sub-clusters", Paper.ToString());
    }

    [Fact]
    public void Labels_are_uniform_and_nested()
    {
        var counts = Paper.SubClusters.CountBy(label => label).Select(pair => pair.Value);
        // Chi-square of 5 degrees of freedom: 20.5 is the 99.9 % point.
        Assert.InRange(counts.Sum(count => (count - 10_000.0) * (count - 10_000.0) / 10_000), 0, 20.5);
        Assert.Equal(Paper.SubClusters.Select(label => label / 2), Paper.LargeClusters);
    }

    [Fact]
    public void Means_follow_the_label()
    {
        for (var label = 0; label < 6; label++)
        {
            for (var feature = 0; feature < 15; feature++)
            {
                var mean = Enumerable.Range(0, Paper.Samples).Where(i => Paper.SubClusters[i] == label)
                    .Average(i => (double)Paper.Values[(i * 15) + feature]);
                // The mean of about 10,000 has a standard error of .01.
                Assert.Equal(Mean(label, feature), mean, 0.05);
            }
        }
    }

    [Fact]
    public void Noise_has_unit_variance_and_correlates_within_modules_only()
    {
        for (var a = 0; a < 15; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                var covariance = Enumerable.Range(0, Paper.Samples).Average(i => Noise(i, a) * Noise(i, b));
                Assert.Equal(a == b ? 1 : a / 5 == b / 5 ? 0.6 : 0, covariance, 0.03);
            }
        }

        static double Noise(int sample, int feature) =>
            Paper.Values[(sample * 15) + feature] - Mean(Paper.SubClusters[sample], feature);
    }

    [Fact]
    public void It_equals_the_models_formula_one_number_at_a_time()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var data = SubclusterData.Generate(1 + (seed % 20), seed);
            var (values, labels) = Oracle(1 + (seed % 20), seed);
            Assert.Equal(labels, data.SubClusters);
            Assert.Equal(values, data.Values, (a, b) => Math.Abs(a - b) < 1e-5);
        }
    }

    [Fact]
    public void The_seed_determines_the_data_and_more_samples_extend_it()
    {
        var data = SubclusterData.Generate(50, seed: 11);
        Assert.Equal(data.Values, SubclusterData.Generate(50, seed: 11).Values);
        Assert.NotEqual(data.Values, SubclusterData.Generate(50, seed: 12).Values);
        Assert.Equal(data.Values, SubclusterData.Generate(80, seed: 11).Values[..(50 * 15)]);
    }

    [Fact]
    public void Standardized_has_mean_zero_and_variance_one_and_leaves_the_values()
    {
        float[] before = [.. Paper.Values];
        var standard = Paper.Standardized();
        Assert.Equal(before, Paper.Values);
        for (var feature = 0; feature < 15; feature++)
        {
            double[] column = [.. Enumerable.Range(0, Paper.Samples).Select(i => (double)standard[(i * 15) + feature])];
            Assert.Equal(0, column.Average(), 1e-5);
            Assert.Equal(1, column.Average(x => x * x), 1e-5);
            // The order of the samples along a feature is kept: an increasing affine map.
            Assert.Equal(Paper.Values[(7 * 15) + feature] > Paper.Values[(8 * 15) + feature], column[7] > column[8]);
        }
    }

    private static double Mean(int label, int feature) =>
        feature / 5 != label / 2 ? 0 : label % 2 == 1 && feature % 5 == 4 ? 20 : 10;

    /// <summary>The model's formula, with Box-Muller written out.</summary>
    private static (float[] Values, int[] Labels) Oracle(int samples, int seed)
    {
        var random = new Random(seed);
        var pending = new Queue<double>();
        var (values, labels) = (new List<float>(), new List<int>());
        for (var i = 0; i < samples; i++)
        {
            var y = random.Next(6);
            labels.Add(y);
            for (var m = 0; m < 3; m++)
            {
                var c = Normal();
                for (var f = 0; f < 5; f++)
                    values.Add((float)((Math.Sqrt(0.6) * c) + (Math.Sqrt(0.4) * Normal()) + Mean(y, (5 * m) + f)));
            }
        }

        return ([.. values], [.. labels]);

        double Normal()
        {
            if (pending.Count == 0)
            {
                double u1 = 1 - random.NextDouble(), u2 = random.NextDouble();
                pending.Enqueue(Math.Sqrt(-2 * Math.Log(u1)) * Math.Cos(2 * Math.PI * u2));
                pending.Enqueue(Math.Sqrt(-2 * Math.Log(u1)) * Math.Sin(2 * Math.PI * u2));
            }

            return pending.Dequeue();
        }
    }
}
