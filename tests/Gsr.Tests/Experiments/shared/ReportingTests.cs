using System.Text.Json.Nodes;
using Gsr.Experiments;

namespace Gsr.Tests.Experiments;

public sealed class ReportingTests
{
    [Fact]
    public void Replicates_know_their_spread()
    {
        // Textbook values: mean 5, sample sd √(32/7); t(7, .975) = 2.364624.
        var r = new Replicates([2, 4, 4, 4, 5, 5, 7, 9]);
        Assert.Equal(5, r.Mean);
        Assert.Equal(Math.Sqrt(32.0 / 7), r.StandardDeviation, 1e-12);
        Assert.Equal(2.364624 * Math.Sqrt(32.0 / 7 / 8), r.HalfInterval95, 1e-5);
        Assert.Equal("5.00 ± 1.79", r.ToString());
        Assert.Equal("3.00", new Replicates([3]).ToString());
        Assert.True(double.IsNaN(new Replicates([3]).HalfInterval95));
        Assert.Equal(4.5, r.Median);
        Assert.Equal(3, new Replicates([9, 3, -1]).Median);
        Assert.Throws<ArgumentException>(() => new Replicates([]));
    }

    [Fact]
    public void Differences_are_paired_by_seed()
    {
        Assert.Equal([1.0, -2.0], new Replicates([3, 4]).Minus(new Replicates([2, 6])).Values);
        Assert.Throws<ArgumentException>(() => new Replicates([3, 4]).Minus(new Replicates([2])));
    }

    [Fact]
    public void An_interval_has_the_sign_of_a_difference_and_no_minus_before_zero()
    {
        // t(1, .975) = 12.706; s / √2 = |a - b| / 2.
        Assert.Equal("+2.0 ± 12.7", new Replicates([1, 3]).Interval(1, signed: true));
        Assert.Equal("2.0 ± 12.7", new Replicates([1, 3]).Interval(1));
        Assert.Equal("-1.00", new Replicates([-1]).Interval(signed: true));
        Assert.Equal("+0.00", new Replicates([-0.001]).Interval(signed: true));
        Assert.Equal("0.00", new Replicates([-0.001]).Interval());
        Assert.Equal(2 - 12.7062, new Replicates([1, 3]).Low95, 1e-3);
        Assert.Equal(2 + 12.7062, new Replicates([1, 3]).High95, 1e-3);
    }

    [Fact]
    public void The_results_file_holds_numbers_and_claims_and_leaves_no_other_file()
    {
        var folder = Directory.CreateTempSubdirectory("gsr-results-").FullName;
        try
        {
            var claims = new Claims();
            claims.Add("x", new Replicates([2, 2]).AtLeast(1));
            var table = new ClaimTable(claims, "full");
            KeyValuePair<string, object>[] numbers =
                [new("share", new Replicates([1, 2])), new("count", 3), new("nan", double.NaN), new("text", "α"),
                    new("long", 4L), new("flag", true)];
            var path = ResultsFile.Write("demo", numbers, table, folder);
            Assert.Equal([path], Directory.GetFiles(folder));
            var json = JsonNode.Parse(File.ReadAllText(path))!;
            Assert.Equal(1.5, (double)json["numbers"]!["share"]!["mean"]!);
            Assert.Null(json["numbers"]!["nan"]);
            Assert.Matches("^[0-9]+[.]", (string)json["versions"]!["Gsr"]!);
            Assert.Contains("α", File.ReadAllText(path));
            Assert.Equal("reached", (string)json["claims"]![0]!["verdict"]!);
            Assert.Throws<ArgumentException>(() => ResultsFile.Write("../demo", numbers, table, folder));
            Assert.Throws<ArgumentException>(() => ResultsFile.Write("demo", [new("o", new object())], table, folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
