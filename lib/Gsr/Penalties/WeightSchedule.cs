namespace Gsr.Penalties;

/// <summary>
/// A penalty's weight α as a function of the training step; a plain number converts to a constant one.
/// </summary>
public sealed class WeightSchedule
{
    private readonly Func<long, double> _weight;
    private readonly string _description;

    /// <summary>
    /// Makes a schedule of any function from the step, 0 at first, to a weight, finite and not negative.
    /// </summary>
    public WeightSchedule(Func<long, double> weight, string description = "a function of the step") =>
        (_weight, _description) = (weight, description);

    /// <summary>The same weight at every step.</summary>
    public static WeightSchedule Constant(double weight)
    {
        Check(weight, nameof(weight));
        return new WeightSchedule(_ => weight, FormattableString.Invariant($"{weight:g4}"));
    }

    /// <summary>Zero before <paramref name="fromStep"/>, then <paramref name="weight"/>.</summary>
    public static WeightSchedule After(long fromStep, double weight)
    {
        Check(weight, nameof(weight));
        return new WeightSchedule(
            step => step < fromStep ? 0 : weight, FormattableString.Invariant($"0, {weight:g4} from step {fromStep}"));
    }

    /// <summary>From one weight to another in a straight line over so many steps, then constant.</summary>
    public static WeightSchedule Linear(double from, double to, long steps)
    {
        Check(from, nameof(from));
        Check(to, nameof(to));
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return new WeightSchedule(
            step => from + ((to - from) * Math.Min(1.0, step / (double)steps)),
            FormattableString.Invariant($"{from:g4} to {to:g4} over {steps} steps"));
    }

    /// <summary>Multiplied by a factor at regular steps; the paper's code has 0.99 every 100 steps.</summary>
    public static WeightSchedule Decay(double weight, double factor = 0.99, long everySteps = 100)
    {
        Check(weight, nameof(weight));
        if (factor is not (> 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "The factor must lie in (0, 1].");
        ArgumentOutOfRangeException.ThrowIfLessThan(everySteps, 1);
        return new WeightSchedule(
            step => weight * Math.Pow(factor, step / everySteps),
            FormattableString.Invariant($"{weight:g4}, times {factor:g4} every {everySteps} steps"));
    }

    /// <summary>A constant schedule.</summary>
    public static implicit operator WeightSchedule(double weight) => Constant(weight);

    /// <summary>
    /// The weight at a step; an exception where the function gave a negative weight, NaN or infinity.
    /// </summary>
    public double At(long step)
    {
        var weight = _weight(step);
        return double.IsFinite(weight) && weight >= 0
            ? weight
            : throw new InvalidOperationException(
                $"The weight schedule ({_description}) gives {weight} at step {step}; "
                + "a weight must be finite and not negative.");
    }

    /// <summary>What the schedule is.</summary>
    public override string ToString() => _description;

    internal static void Check(double weight, string argument)
    {
        if (!double.IsFinite(weight) || weight < 0)
        {
            throw new ArgumentOutOfRangeException(
                argument, weight, "A penalty's weight must be finite and not negative.");
        }
    }
}
