using Gsr.Experiments;

namespace Gsr.Tests.Experiments;

public class ModulePatternGeneratorTests
{
    private static readonly ModulePatternOptions Three = new()
    {
        Modules = 3,
        ColumnsPerModule = 5,
        RowsPerPattern = 200,
        Seed = 4
    };

    [Fact]
    public void Every_pattern_equally_often_and_columns_follow_their_module()
    {
        var data = ModulePatternGenerator.Generate(Three);
        Assert.Equal((1600, 15), (data.Samples, data.Columns));
        Assert.Equal("1600 samples, 15 columns in 3 modules, 8 patterns", data.ToString());
        Assert.All(data.Patterns.CountBy(p => p), count => Assert.Equal(200, count.Value));
        double sum = 0, squares = 0;
        for (var i = 0; i < data.Samples; i++)
        {
            for (var c = 0; c < 15; c++)
            {
                var noise = data.Values[(i * 15) + c] - (10 * data.IsOn(i, c / 5));
                Assert.InRange(noise, -6, 6);
                sum += noise;
                squares += noise * noise;
            }
        }

        // Of 24,000 draws of standard deviation 10 times .1.
        Assert.Equal(0, sum / 24_000, 0.03);
        Assert.Equal(1, squares / 24_000, 0.04);
    }

    [Fact]
    public void Columns_of_noise_follow_those_of_the_modules_and_are_never_on()
    {
        var data = ModulePatternGenerator.Generate(Three with { NoiseColumns = 40, Scale = 1 });
        Assert.Equal(55, data.Columns);
        var noise = Enumerable.Range(0, data.Values.Length).Where(i => i % 55 >= 15).Select(i => data.Values[i]);
        Assert.All(noise, value => Assert.InRange(value, -0.7, 0.7));
        Assert.Contains("and 40 of noise", $"{data}", StringComparison.Ordinal);
    }

    [Fact]
    public void Shuffled_columns_keep_their_values_and_lose_their_module()
    {
        var data = ModulePatternGenerator.Generate(Three);
        var shuffled = data.ShuffledColumns(7);
        Assert.Equal(shuffled, data.ShuffledColumns(7));
        Assert.NotEqual(shuffled, data.ShuffledColumns(8));
        float[] Column(float[] values, int c) =>
            [.. Enumerable.Range(0, data.Samples).Select(i => values[(i * 15) + c])];
        for (var c = 0; c < 15; c++) Assert.Equal(Column(data.Values, c).Order(), Column(shuffled, c).Order());
        Assert.InRange(Correlation(Column(data.Values, 0), Column(data.Values, 1)), 0.94, 1);
        Assert.InRange(Correlation(Column(shuffled, 0), Column(shuffled, 1)), -0.1, 0.1);
    }

    [Fact]
    public void Equal_options_give_equal_data_and_wrong_ones_are_refused()
    {
        Assert.Equal(ModulePatternGenerator.Generate(Three).Values, ModulePatternGenerator.Generate(Three).Values);
        Assert.NotEqual(ModulePatternGenerator.Generate(Three)
            .Values, ModulePatternGenerator.Generate(Three with { Seed = 5 }).Values);
        foreach (var options in new[]
        {
            Three with { Modules = 0 }, Three with { Modules = 17 }, Three with { NoiseColumns = -1 },
            Three with { Modules = 16, ColumnsPerModule = 50, RowsPerPattern = 1000 },
        })
        {
            Assert.Throws<ArgumentException>("options", () => ModulePatternGenerator.Generate(options));
        }
    }

    private static double Correlation(float[] x, float[] y)
    {
        var (a, b) = (x.Average(), y.Average());
        return x.Zip(y, (p, q) => (p - a) * (q - b))
            .Sum() / Math.Sqrt(x.Sum(p => (p - a) * (p - a)) * y.Sum(q => (q - b) * (q - b)));
    }
}
