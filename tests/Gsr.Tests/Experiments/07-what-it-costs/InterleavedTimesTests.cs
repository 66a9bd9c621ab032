using Gsr.Experiments;
using Gsr.Experiments.Costs;

namespace Gsr.Tests.Experiments.Costs;

public sealed class InterleavedTimesTests
{
    [Fact]
    public void Variants_run_in_turn_after_a_round_that_warms_up()
    {
        var calls = new List<string>();
        var times = InterleavedTimes.Measure(
            [("a", () => calls.Add("a")), ("b", () => calls.Add("b")), ("c", () => calls.Add("c"))], 3, each: 2);

        Assert.Equal("abc bca cab abc", string.Join(' ', calls.Chunk(3).Select(round => string.Concat(round))));
        Assert.Equal(["a", "b", "c"], times.Names);
        Assert.Equal(3, times.Milliseconds("b").Values.Count);
        Assert.All(times.Milliseconds("b").Values, ms => Assert.True(ms >= 0));
    }

    [Fact]
    public void Ratios_are_taken_within_a_round()
    {
        var times = InterleavedTimes.Measure([("short", () => Thread.Sleep(1)), ("long", () => Thread.Sleep(3))], 4);
        var ratios = times.Ratio("long", "short");
        Assert.Equal(
            times.Milliseconds("long").Values.Zip(times.Milliseconds("short").Values, (a, b) => a / b), ratios.Values);
        Assert.Equal([1.0, 1, 1, 1], times.Ratio("long", "long").Values);
    }

    [Theory]
    // Tables of the sign test: k = 1 for 6 to 8 values, 2 for 9 to 11, 4 for 15, 10 for 31.
    [InlineData(5, 0)]
    [InlineData(6, 1)]
    [InlineData(8, 1)]
    [InlineData(9, 2)]
    [InlineData(15, 4)]
    [InlineData(31, 10)]
    public void A_median_lies_between_the_kth_smallest_and_the_kth_largest_value(int count, int k)
    {
        var (low, high) = InterleavedTimes.MedianInterval([.. Enumerable.Range(1, count).Select(i => (double)i)]);
        Assert.Equal(k == 0 ? double.NaN : k, low);
        Assert.Equal(k == 0 ? double.NaN : count + 1 - k, high);
    }

    [Fact]
    public void Extra_time_is_the_median_ratio_in_percent_and_one_round_decides_nothing()
    {
        var times = InterleavedTimes.Measure([("a", () => { }), ("b", () => Thread.Sleep(1))], 1);
        var extra = times.Extra("b", "a");
        Assert.Equal(100 * (times.Ratio("b", "a").Median - 1), extra.Value, 1e-9);
        Assert.Equal(Verdict.NotDecided, extra.Below(14).Verdict);
        Assert.Equal(0, times.Extra("a", "a").Value);
    }

    [Fact]
    public void Two_variants_of_one_name_are_refused() => Assert.Throws<ArgumentException>(
        () => InterleavedTimes.Measure([("a", () => { }), ("a", () => { })], 1));
}
