using System.Globalization;
using System.Text;

namespace Gsr.Training;

/// <summary>Where training stands; prints as one line.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Epoch">Passes over the data so far.</param>
/// <param name="Loss">Total loss, mean over the steps since the last status.</param>
/// <param name="Terms">
/// The loss's terms by name: task terms as they enter the loss, penalties without their weight.
/// </param>
/// <param name="Elapsed">Time since training began.</param>
/// <param name="IsFinal">True for the last status.</param>
public sealed record TrainingStatus(
    long Step, long Steps, double Epoch, double Loss, IReadOnlyList<KeyValuePair<string, double>> Terms,
    TimeSpan Elapsed, bool IsFinal)
{
    /// <summary>The course so far, which goes on with the training; null when it is not known.</summary>
    public TrainingHistory? History { get; init; }

    /// <summary>Steps per second since training began.</summary>
    private double StepsPerSecond => Elapsed.TotalSeconds > 0 ? Step / Elapsed.TotalSeconds : 0;

    /// <summary>Time left at that rate.</summary>
    internal TimeSpan TimeLeft =>
        StepsPerSecond > 0 ? TimeSpan.FromSeconds((Steps - Step) / StepsPerSecond) : TimeSpan.Zero;

    /// <summary>Such as "step 1,200/5,000 (24 %)  loss 0.01234  penalty 0.5  3,100 steps/s  0:02 left".</summary>
    public override string ToString()
    {
        var culture = CultureInfo.InvariantCulture;
        var line = new StringBuilder();
        line.Append(
            culture, $"step {Step:n0}/{Steps:n0} ({(Steps > 0 ? 100.0 * Step / Steps : 100):0} %)  loss {Loss:g4}");
        if (Terms.Count > 1)
            foreach (var (name, value) in Terms) line.Append(culture, $"  {name} {value:g4}");
        line.Append(culture, $"  {StepsPerSecond:n0} steps/s  ");
        if (IsFinal) line.Append(culture, $"done in {Clock(Elapsed)}");
        else line.Append(culture, $"{Clock(TimeLeft)} left");
        return line.ToString();
    }

    private static string Clock(TimeSpan time) =>
        time.TotalSeconds < 10
            ? time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s"
            : $"{(int)time.TotalMinutes}:{time.Seconds:00}";
}
