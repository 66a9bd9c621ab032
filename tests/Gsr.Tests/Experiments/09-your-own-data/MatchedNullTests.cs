using Gsr.Experiments.OwnData;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.OwnData;

public sealed class MatchedNullTests
{
    [Fact]
    public void Means_stay_and_so_does_the_covariance_up_to_chance()
    {
        var random = new Random(1);
        var inputs = new float[20_000, 3];
        for (var i = 0; i < inputs.GetLength(0); i++)
        {
            // Three groups on a line, and channels that share it.
            var group = 3 * random.Next(3);
            inputs[i, 0] = group + random.NextSingle();
            inputs[i, 1] = 7 - group + random.NextSingle();
            inputs[i, 2] = random.NextSingle();
        }

        var shuffled = MatchedNull.Of(inputs, 5);
        Near.Equal(Covariance(inputs), Covariance(shuffled), 0.05);
        for (var j = 0; j < 3; j++) Near.Equal(Mean(inputs, j), Mean(shuffled, j), 1e-3);
        Assert.NotEqual(inputs.Cast<float>(), shuffled.Cast<float>());
        Assert.Equal(shuffled.Cast<float>(), MatchedNull.Of(inputs, 5).Cast<float>());
        Assert.NotEqual(shuffled.Cast<float>(), MatchedNull.Of(inputs, 6).Cast<float>());
    }

    [Fact]
    public void Components_keep_their_values_and_lose_what_they_share()
    {
        // Two uncorrelated columns of which the second is told by the first: three groups at the corners of a triangle.
        var inputs = new float[3000, 2];
        for (var i = 0; i < 3000; i++)
            (inputs[i, 0], inputs[i, 1]) = (i % 3) switch { 0 => (-2f, -1f), 1 => (2f, -1f), _ => (0f, 2f) };
        var shuffled = MatchedNull.Of(inputs, 1);
        for (var column = 0; column < 2; column++)
        {
            Near.Equal(Sorted(inputs, column), Sorted(shuffled, column), 1e-4);
        }

        // (0, -1) is in no group of the data.
        Assert.InRange(Enumerable.Range(0, 3000).Count(i =>
            Math.Abs(shuffled[i, 0]) < 0.1 && Math.Abs(shuffled[i, 1] + 1) < 0.1), 500, 850);
    }

    [Fact]
    public void A_constant_stays_and_hostile_input_is_named()
    {
        Assert.All(MatchedNull.Of(new float[,] { { 7 }, { 7 } }, 1).Cast<float>(), value => Near.Equal(7, value));
        Assert.Throws<ArgumentException>("inputs", () => MatchedNull.Of(new float[0, 2], 1));
        Assert.Throws<ArgumentOutOfRangeException>("inputs", () => MatchedNull.Of(new float[1, 2], 1));
        Assert.Throws<ArgumentException>("inputs", () => MatchedNull.Of(new[,] { { float.NaN }, { 1 } }, 1));
    }

    private static IEnumerable<double> Sorted(float[,] values, int column) =>
        Enumerable.Range(0, values.GetLength(0)).Select(i => (double)values[i, column]).Order();

    private static double Mean(float[,] values, int column) =>
        Enumerable.Range(0, values.GetLength(0)).Average(i => (double)values[i, column]);

    private static double[,] Covariance(float[,] values)
    {
        double[] means = [Mean(values, 0), Mean(values, 1), Mean(values, 2)];
        var covariance = new double[3, 3];
        for (var j = 0; j < 3; j++)
        {
            for (var k = 0; k < 3; k++)
            {
                covariance[j, k] = Enumerable.Range(0, values.GetLength(0)).Average(i =>
                    (values[i, j] - means[j]) * (values[i, k] - means[k]));
            }
        }

        return covariance;
    }
}
