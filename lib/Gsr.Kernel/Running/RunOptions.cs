namespace Gsr.Kernel.Running;

/// <summary>How notebooks are run.</summary>
public sealed record RunOptions
{
    /// <summary>How long one cell may take; null for as long as it likes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>True to go on with the notebook's next cell after one has failed.</summary>
    public bool AllowErrors { get; init; }

    /// <summary>The browser that draws a picture beside each chart; null for no pictures.</summary>
    public string? Browser { get; init; }

    /// <summary>
    /// After how long without a sign of life from a process that gives one a second this is reported. It is not killed at
    /// once: a machine that swaps, or a reader who stopped the process for a moment, should not cost an hour's training.
    /// </summary>
    public TimeSpan SilenceReported { get; init; } = TimeSpan.FromSeconds(3.5);

    /// <summary>After how long without a sign of life the process is killed.</summary>
    public TimeSpan SilenceKilled { get; init; } = TimeSpan.FromSeconds(60);
}
