namespace Gsr.Training;

/// <summary>How a model is trained; the defaults are the paper's where it has them.</summary>
public sealed record TrainingOptions
{
    /// <summary>Examples per step; 32 in the paper's code.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Passes over the data; exactly one of Epochs and <see cref="Steps"/> is given.</summary>
    public double? Epochs { get; init; }

    /// <summary>Number of steps; exactly one of <see cref="Epochs"/> and Steps is given.</summary>
    public long? Steps { get; init; }

    /// <summary>Adam's learning rate, default 1e-3.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>
    /// The rate that Adam ends with: it falls, or rises, from <see cref="LearningRate"/> in a straight line over the
    /// steps. Null keeps it constant.
    /// </summary>
    public double? FinalLearningRate { get; init; }

    /// <summary>The share of the steps before the rate begins to change, 0 (default) to below 1.</summary>
    public double SteadyShare { get; init; }

    /// <summary>L2 weight on the parameters, default 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>
    /// Seeds the order of examples, what the model draws in training (dropout, noise on codes), and libtorch's random
    /// state.
    /// </summary>
    public int Seed { get; init; }

    /// <summary>
    /// libtorch's threads while training; null leaves them as they are. Networks as small as the sub-clusters' are
    /// fastest on one: more only wait for each other, above all on a busy machine.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>
    /// Whether a model of nothing but dense layers may be trained without libtorch, on one thread: true by default. It
    /// differs by rounding and is faster, for batches of up to 128; for larger ones only where libtorch has one thread,
    /// by <see cref="Threads"/>, <see cref="SideBySide"/> or for all. False leaves the convolutions of the library's
    /// models to libtorch as well. <see cref="Trainer.ToString"/> tells what may be fused.
    /// </summary>
    public bool Fused { get; init; } = true;

    /// <summary>
    /// Steps per row of the history: each row holds the means over so many steps. Default: 200 rows in all.
    /// </summary>
    public long? StepsPerRecord { get; init; }

    /// <summary>
    /// Receives the state of training at most four times a second, and once at the end; null for silence.
    /// </summary>
    public IProgress<TrainingStatus>? Progress { get; init; }

    /// <summary>
    /// Called after each step, on the training thread and with the model in training mode, with the number of steps
    /// done; false ends the training there. Null trains to the end.
    /// </summary>
    public Func<long, bool>? AfterStep { get; init; }

    /// <summary>The rate of a step of <paramref name="steps"/>, from 0.</summary>
    internal double RateAt(long step, long steps) => FinalLearningRate is { } final && steps > 1
        ? LearningRate + ((final - LearningRate) * Math.Max(0, ((double)step / (steps - 1)) - SteadyShare)
            / (1 - SteadyShare))
        : LearningRate;

    /// <summary>Checks the options and returns the number of steps for a number of batches per epoch.</summary>
    internal long StepsFor(int batchesPerEpoch)
    {
        if (Epochs.HasValue == Steps.HasValue)
            throw new ArgumentException("Give either TrainingOptions.Epochs or TrainingOptions.Steps, and not both.");
        Check(Epochs is not { } epochs || (double.IsFinite(epochs) && epochs > 0), nameof(Epochs), Epochs, "positive");
        Check(Steps is null or >= 1, nameof(Steps), Steps, "at least 1");
        Check(double.IsFinite(LearningRate) && LearningRate > 0, nameof(LearningRate), LearningRate, "positive");
        Check(
            FinalLearningRate is not { } final || (double.IsFinite(final) && final >= 0),
            nameof(FinalLearningRate), FinalLearningRate, "finite and not negative");
        Check(
            double.IsFinite(WeightDecay) && WeightDecay >= 0, nameof(WeightDecay), WeightDecay,
            "finite and not negative");
        Check(SteadyShare is >= 0 and < 1, nameof(SteadyShare), SteadyShare, "0 to below 1");
        Check(Threads is null or >= 1, nameof(Threads), Threads, "at least 1");
        Check(StepsPerRecord is null or >= 1, nameof(StepsPerRecord), StepsPerRecord, "at least 1");
        return Steps ?? Math.Max(1, (long)Math.Round(Epochs!.Value * batchesPerEpoch));

        static void Check(bool holds, string option, object? value, string demand) =>
            Arguments.Option(holds, $"TrainingOptions.{option}", value, demand);
    }
}
