using Gsr.Kernel.Documents;
using Gsr.Kernel.Sweeps;

namespace Gsr.Kernel.Tests.Sweeps;

public class SweepValuesTests
{
    [Theory]
    [InlineData("1..3", "1|2|3")]
    [InlineData("-2..0,7", "-2|-1|0|7")]
    [InlineData("1e-4, 1e-3", "1e-4|1e-3")]
    [InlineData("[1, 2],[3]", "[1, 2]|[3]")]
    [InlineData("\"a,b\",c", "a,b|c")]
    [InlineData("", "")]
    [InlineData("../up..down", "../up..down")]
    public void Values_are_ranges_or_stand_between_commas(string text, string values) =>
        Assert.Equal(values.Split('|'), SweepValues.Parse("X", text).Values);

    [Theory]
    [InlineData("5..1")]
    [InlineData("1..99999999")]
    [InlineData("1..99999999999999999999")]
    public void A_range_that_is_none_is_named(string text) =>
        Assert.Contains($"X={text}", Assert.Throws<UsageException>(() => SweepValues.Parse("X", text)).Message);

    [Fact]
    public void All_combinations_are_made_or_pairs()
    {
        Assert.Equal("1a 1b 2a 2b 3a 3b", Combined(zip: false, ["1", "2", "3"], ["a", "b"]));
        Assert.Equal("1a 2b 3c", Combined(zip: true, ["1", "2", "3"], ["a", "b", "c"]));
        Assert.Equal("1a 2a 3a", Combined(zip: true, ["1", "2", "3"], ["a"]));
        Assert.Equal("", Combined(zip: false));
        var odd = Assert.Throws<UsageException>(() => Combined(zip: true, ["1", "2", "3"], ["a", "b"]));
        Assert.Contains("P1", odd.Message);
        var many = Enumerable.Range(0, 2000).Select(i => $"{i}").ToArray();
        Assert.Contains("4,000,000", Assert.Throws<UsageException>(() => Combined(zip: false, many, many)).Message);
    }

    [Theory]
    [InlineData(1, 12.7062)]
    [InlineData(5, 2.5706)]
    [InlineData(7, 2.3646)]
    [InlineData(9, 2.2622)]
    [InlineData(49, 2.0096)]
    [InlineData(9999, 1.9602)]
    public void Students_quantile_is_that_of_tables(int freedom, double quantile) =>
        Assert.Equal(quantile, SweepTable.Quantile(freedom), 0.002);

    private static string Combined(bool zip, params string[][] values) => string.Join(' ', SweepValues.Combine(
        [.. values.Select((own, i) => new SweepValues($"P{i}", own))], zip).Select(
            combination => string.Concat(combination.OrderBy(entry => entry.Key).Select(entry => entry.Value))));
}
