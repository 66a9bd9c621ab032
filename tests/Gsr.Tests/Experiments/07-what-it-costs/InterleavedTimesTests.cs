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
        Assert.Equal(times.Milliseconds("long").Values.Zip(times.Milliseconds("short").Values, (a, b) => a / b), ratios.Values);
        Assert.Equal([1.0, 1, 1, 1], times.Ratio("long", "long").Values);
    }

    [Fact]
    public void Two_variants_of_one_name_are_refused() => Assert.Throws<ArgumentException>(
        () => InterleavedTimes.Measure([("a", () => { }), ("a", () => { })], 1));
}
