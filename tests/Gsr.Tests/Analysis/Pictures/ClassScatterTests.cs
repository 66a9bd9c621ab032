using Gsr.Analysis;
using Gsr.Analysis.Pictures;

namespace Gsr.Tests.Analysis.Pictures;

public sealed class ClassScatterTests
{
    private static (double[,] Points, int[] Labels) Cloud(int count)
    {
        var random = new Random(5);
        var points = new double[count, 2];
        for (var i = 0; i < count; i++)
            (points[i, 0], points[i, 1]) = (random.NextDouble(), random.NextDouble());
        return (points, [.. Enumerable.Range(0, count).Select(i => i % 3)]);
    }

    [Fact]
    public void More_points_than_the_limit_are_a_random_choice_that_says_so_and_stays_the_same()
    {
        var (points, labels) = Cloud(5000);
        var figure = new Figure(ClassScatter.Draw(points, labels, "cloud"));
        int[] drawn = [
            .. figure.Traces.SelectMany(trace => Figure.Numbers(trace!["customdata"])).Select(v => (int)v!.Value)];

        Assert.Equal((1500, 1500), (drawn.Length, drawn.Distinct().Count()));
        Assert.Contains("1,500 of 5,000 points, drawn at random", figure.Lettering);
        // From all over the cloud, not its first points.
        Assert.InRange(drawn.Average(), 2300, 2700);
        Assert.Equal(figure.Text, new Figure(ClassScatter.Draw(points, labels, "cloud")).Text);
    }

    [Fact]
    public void Few_points_are_all_drawn_by_class_in_colour_and_in_shape()
    {
        var figure = new Figure(
            ClassScatter.Draw(new double[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } }, [2, 0, 2], classNames: ["a", "b", "c"]));

        Assert.Equal(["a", "c"], figure.Traces.Select(trace => (string?)trace!["name"]));
        Assert.Equal([1, 5], Figure.Numbers(figure.Traces[1]!["x"]));
        Assert.Equal([0, 2], Figure.Numbers(figure.Traces[1]!["customdata"]));
        Assert.NotEqual(
            (string?)figure.Traces[0]!["marker"]!["symbol"], (string?)figure.Traces[1]!["marker"]!["symbol"]);
        Assert.Equal(["<b>a</b>", "<b>c</b>"], figure.Lettering);
    }

    [Fact]
    public void Principal_components_of_a_known_covariance_are_its_axes()
    {
        // Four points on the axes of a rotated ellipse: variances 2·5²/3 and 2·1²/3 along (3, 4)/5 and (-4, 3)/5.
        double[,] data = { { 3 + 10, 4 }, { -3 + 10, -4 }, { -0.8 + 10, 0.6 }, { 0.8 + 10, -0.6 } };
        var components = PrincipalComponents.Of(data);

        Assert.Equal(25.0 / 26, components.VarianceShares[0], 1e-12);
        Assert.Equal(5, components.Scores[0, 0], 1e-10);
        Assert.Equal(0, components.Scores[0, 1], 1e-10);
        Assert.Equal(1, Math.Abs(components.Scores[2, 1]), 1e-10);
    }

    [Fact]
    public void Scores_are_centred_uncorrelated_and_keep_the_variance()
    {
        var random = new Random(1);
        var data = new double[200, 6];
        for (var i = 0; i < 200; i++)
        {
            var common = random.NextDouble();
            for (var j = 0; j < 6; j++)
                data[i, j] = (j * common) + random.NextDouble();
        }
        var components = PrincipalComponents.Of(data);
        double[] Score(int k) => [.. Enumerable.Range(0, 200).Select(i => components.Scores[i, k])];

        var total = Enumerable.Range(0, 6).Sum(j => Squares(data.Column(j)));
        for (var k = 0; k < 2; k++)
        {
            Assert.Equal(0, Score(k).Average(), 1e-10);
            Assert.Equal(components.VarianceShares[k], Squares(Score(k)) / total, 1e-10);
        }
        Assert.True(components.VarianceShares[0] > components.VarianceShares[1]);
        Assert.Equal(0, Score(0).Zip(Score(1), (x, y) => x * y).Sum(), 1e-8);

        static double Squares(double[] values) => values.Sum(v => Math.Pow(v - values.Average(), 2));
    }

    [Fact]
    public void Pca_names_the_variance_on_its_axes_and_constant_data_has_none()
    {
        var figure = new Figure(
            ClassScatter.Pca(new double[,] { { 3, 4 }, { -3, -4 }, { -0.8, 0.6 }, { 0.8, -0.6 } }, [0, 0, 1, 1]));
        Assert.Equal("principal component 1 (96.2 % of variance)", (string?)figure.Layout["xaxis"]!["title"]!["text"]);
        Assert.Equal([0, 0], PrincipalComponents.Of(new double[3, 2]).VarianceShares);
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused()
    {
        Assert.Throws<ArgumentException>("points", () => ClassScatter.Draw(new double[2, 3], [0, 0]));
        Assert.Throws<ArgumentException>("labels", () => ClassScatter.Draw(new double[2, 2], [0]));
        Assert.Throws<ArgumentException>("labels", () => ClassScatter.Draw(new double[2, 2], [0, -1]));
        Assert.Throws<ArgumentException>("points", () => ClassScatter.Draw(new[,] { { double.NaN, 1 } }, [0]));
        Assert.Throws<ArgumentException>("data", () => PrincipalComponents.Of(new[,] { { 0, double.NaN }, { 0, 1 } }));
        Assert.Throws<ArgumentException>("data", () => PrincipalComponents.Of(new double[1, 2]));
        Assert.Throws<ArgumentException>("data", () => PrincipalComponents.Of(new double[2, 1]));
    }
}
