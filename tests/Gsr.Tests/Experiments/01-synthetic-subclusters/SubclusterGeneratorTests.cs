using Gsr.Experiments.Subclusters;

namespace Gsr.Tests.Experiments.Subclusters;

public class SubclusterGeneratorTests
{
    private static readonly SubclusterData Paper = SubclusterGenerator.Generate();

    [Fact]
    public void DefaultsAreThePapers()
    {
        Assert.Equal((60_000, 15, 3, 5), (Paper.Samples, Paper.Features, Paper.Modules, Paper.FeaturesPerModule));
        Assert.Equal(60_000 * 15, Paper.Values.Length);
        Assert.Equal(15, Paper.FeatureNames.Distinct().Count());
        Assert.Equal("m1f2", Paper.FeatureNames[7]);
        Assert.Equal("60000 samples, 15 features in 3 modules, 6 sub-clusters", Paper.ToString());
    }

    [Fact]
    public void LabelsAreUniformAndNested()
    {
        int[] counts = new int[6];
        for (int i = 0; i < Paper.Samples; i++)
        {
            counts[Paper.SubClusters[i]]++;
            Assert.Equal(Paper.SubClusters[i] / 2, Paper.LargeClusters[i]);
        }
        // Chi-square of 5 degrees of freedom: 20.5 is the 99.9 % point.
        Assert.InRange(counts.Sum(count => (count - 10_000.0) * (count - 10_000.0) / 10_000), 0, 20.5);
    }

    [Fact]
    public void MeansFollowTheLabel()
    {
        for (int label = 0; label < 6; label++)
        {
            for (int feature = 0; feature < 15; feature++)
            {
                double expected = feature / 5 != label / 2 ? 0 : label % 2 == 1 && feature % 5 == 4 ? 20 : 10;
                double mean = Enumerable.Range(0, Paper.Samples).Where(i => Paper.SubClusters[i] == label)
                    .Average(i => (double)Paper.Values[(i * 15) + feature]);
                // The mean of about 10,000 has a standard error of .01.
                Assert.Equal(expected, mean, 0.05);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.6)]
    [InlineData(1)]
    public void NoiseHasUnitVarianceAndCorrelatesWithinModulesOnly(double correlation)
    {
        // Without a shift the values are the noise.
        SubclusterData data = SubclusterGenerator.Generate(
            new SubclusterOptions { Shift = 0, Correlation = correlation, Seed = 3 });
        for (int a = 0; a < 15; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double covariance = Enumerable.Range(0, data.Samples)
                    .Average(i => (double)data.Values[(i * 15) + a] * data.Values[(i * 15) + b]);
                Assert.Equal(a == b ? 1 : a / 5 == b / 5 ? correlation : 0, covariance, 0.03);
            }
        }
    }

    [Fact]
    public void EqualsASlowDirectOracle()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            var shape = new Random(seed + 1_000);
            var options = new SubclusterOptions
            {
                Samples = shape.Next(1, 20),
                Modules = shape.Next(1, 5),
                FeaturesPerModule = shape.Next(1, 6),
                Correlation = shape.NextDouble(),
                Shift = (shape.NextDouble() * 20) - 10,
                Seed = seed,
            };
            SubclusterData data = SubclusterGenerator.Generate(options);
            (float[] values, int[] labels) = Oracle(options);
            Assert.Equal(labels, data.SubClusters);
            Assert.Equal(values, data.Values, (a, b) => Math.Abs(a - b) < 1e-5);
        }
    }

    // The model's formula, a number at a time, with Box-Muller written out.
    private static (float[] Values, int[] Labels) Oracle(SubclusterOptions options)
    {
        var random = new Random(options.Seed);
        var pending = new Queue<double>();
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
        var values = new List<float>();
        var labels = new List<int>();
        for (int i = 0; i < options.Samples; i++)
        {
            int y = random.Next(2 * options.Modules);
            labels.Add(y);
            for (int m = 0; m < options.Modules; m++)
            {
                double c = Normal();
                for (int f = 0; f < options.FeaturesPerModule; f++)
                {
                    double x = (Math.Sqrt(options.Correlation) * c) + (Math.Sqrt(1 - options.Correlation) * Normal());
                    if (m == y / 2) x += options.Shift;
                    if (y == (2 * m) + 1 && f + 1 == options.FeaturesPerModule) x += options.Shift;
                    values.Add((float)x);
                }
            }
        }
        return ([.. values], [.. labels]);
    }

    [Fact]
    public void SeedDeterminesTheDataAndMoreSamplesExtendIt()
    {
        var options = new SubclusterOptions { Samples = 50, Seed = 11 };
        SubclusterData data = SubclusterGenerator.Generate(options);
        Assert.Equal(data.Values, SubclusterGenerator.Generate(options).Values);
        Assert.Equal(data.SubClusters, SubclusterGenerator.Generate(options).SubClusters);
        Assert.NotEqual(data.Values, SubclusterGenerator.Generate(options with { Seed = 12 }).Values);
        Assert.Equal(data.Values, SubclusterGenerator.Generate(options with { Samples = 80 }).Values[..(50 * 15)]);
    }

    [Fact]
    public void StandardizedHasMeanZeroAndVarianceOneAndLeavesTheValues()
    {
        float[] before = [.. Paper.Values];
        float[] standard = Paper.Standardized();
        Assert.Equal(before, Paper.Values);
        for (int feature = 0; feature < 15; feature++)
        {
            double[] column = [.. Enumerable.Range(0, Paper.Samples).Select(i => (double)standard[(i * 15) + feature])];
            Assert.Equal(0, column.Average(), 1e-5);
            Assert.Equal(1, column.Average(x => x * x), 1e-5);
            // The order of the samples along a feature is kept: an increasing affine map.
            Assert.Equal(Paper.Values[(7 * 15) + feature] > Paper.Values[(8 * 15) + feature], column[7] > column[8]);
        }
    }

    [Fact]
    public void ConstantFeaturesAreStandardizedToZero()
    {
        SubclusterData one = SubclusterGenerator.Generate(new SubclusterOptions { Samples = 1 });
        Assert.All(one.Standardized(), value => Assert.Equal(0f, value));
        var same = new SubclusterData([0.1f, 1, 0.1f, 3, 0.1f, 2], [0, 1, 0], 1, 2);
        Assert.Equal([0f, -1.2247449f, 0f, 1.2247449f, 0f, 0f], same.Standardized());
    }

    public static TheoryData<SubclusterOptions, string> BadOptions => new()
    {
        { new SubclusterOptions { Samples = 0 }, "Samples" },
        { new SubclusterOptions { Modules = -1 }, "Modules" },
        { new SubclusterOptions { FeaturesPerModule = 0 }, "FeaturesPerModule" },
        { new SubclusterOptions { Correlation = -0.1 }, "Correlation" },
        { new SubclusterOptions { Correlation = 1.1 }, "Correlation" },
        { new SubclusterOptions { Correlation = double.NaN }, "Correlation" },
        { new SubclusterOptions { Shift = double.PositiveInfinity }, "Shift" },
        { new SubclusterOptions { Samples = int.MaxValue }, "Samples" },
    };

    [Theory]
    [MemberData(nameof(BadOptions), DisableDiscoveryEnumeration = true)]
    public void BadOptionsAreNamed(SubclusterOptions options, string name)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => SubclusterGenerator.Generate(options));
        Assert.Equal(name, error.ParamName);
    }
}
