using Gsr.Penalties;

namespace Gsr.Tests.Penalties;

public sealed class WeightScheduleTests
{
    [Fact]
    public void A_number_is_a_constant_weight()
    {
        WeightSchedule schedule = 1e-3;
        Assert.Equal([1e-3, 1e-3], new long[] { 0, 1_000_000 }.Select(schedule.At));
        Assert.Equal("0.001", schedule.ToString());
    }

    [Fact]
    public void After_a_step_the_weight_begins()
    {
        var schedule = WeightSchedule.After(100, 0.5);
        Assert.Equal([0, 0, 0.5, 0.5], new long[] { 0, 99, 100, 5000 }.Select(schedule.At));
        Assert.Equal("0, 0.5 from step 100", schedule.ToString());
    }

    [Fact]
    public void Linear_between_two_weights()
    {
        var up = WeightSchedule.Linear(1, 3, 10);
        Assert.Equal([1, 1.2, 2, 3, 3], new long[] { 0, 1, 5, 10, 1000 }.Select(up.At));
        Assert.Equal(0, WeightSchedule.Linear(1, 0, 4).At(4));
        Assert.Equal("1 to 3 over 10 steps", up.ToString());
    }

    [Fact]
    public void Decay_by_a_factor_every_so_many_steps()
    {
        var schedule = WeightSchedule.Decay(2, 0.5, 10);
        Assert.Equal([2, 2, 1, 0.5], new long[] { 0, 9, 10, 29 }.Select(schedule.At));
        Assert.Equal(0.99, WeightSchedule.Decay(1).At(100), 1e-12);
        Assert.Equal("2, times 0.5 every 10 steps", schedule.ToString());
    }

    [Fact]
    public void Of_any_function()
    {
        var schedule = new WeightSchedule(step => step % 2, "every other step");
        Assert.Equal([0, 1, 0], new long[] { 0, 1, 2 }.Select(schedule.At));
        Assert.Equal("every other step", schedule.ToString());
        var wrong = new WeightSchedule(step => 1.0 - step, "falling");
        Assert.Throws<InvalidOperationException>(() => wrong.At(2));
    }

    [Fact]
    public void Weights_and_steps_out_of_range_are_refused()
    {
        Refuses("weight", () => WeightSchedule.Constant(-1));
        Refuses("weight", () => WeightSchedule.Constant(double.NaN));
        Refuses("weight", () => WeightSchedule.After(1, double.PositiveInfinity));
        Refuses("from", () => WeightSchedule.Linear(-1, 1, 10));
        Refuses("to", () => WeightSchedule.Linear(1, -1, 10));
        Refuses("steps", () => WeightSchedule.Linear(1, 1, 0));
        Refuses("factor", () => WeightSchedule.Decay(1, 0));
        Refuses("factor", () => WeightSchedule.Decay(1, 1.1));
        Refuses("factor", () => WeightSchedule.Decay(1, double.NaN));
        Refuses("everySteps", () => WeightSchedule.Decay(1, 0.5, 0));
    }

    private static void Refuses(string argument, Func<object> action) =>
        Assert.Equal(argument, Assert.Throws<ArgumentOutOfRangeException>(action).ParamName);
}
