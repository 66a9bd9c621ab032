namespace Gsr.Kernel.Running;

/// <summary>How notebooks are run.</summary>
internal sealed record RunOptions
{
    /// <summary>How long one cell may take; null for as long as it likes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How many notebooks run side by side; 1 by default.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>True to go on with the notebook's next cell after one has failed.</summary>
    public bool AllowErrors { get; init; }

    /// <summary>True to keep what an earlier run left, where it can stand for this one.</summary>
    public bool Resume { get; init; }

    /// <summary>True to let trainings of earlier runs stand for those that are the same.</summary>
    public bool Reuse { get; init; }

    /// <summary>Of the environment of the cells, beside those of this process.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>The browser that draws a picture beside each chart; null for no pictures.</summary>
    public string? Browser { get; init; }

    // Not killed at once: a machine that swaps, or a process stopped for a moment, should not cost an hour's training.
    /// <summary>After how long without a sign of life, which comes once a second, this is reported.</summary>
    public TimeSpan SilenceReported { get; init; } = TimeSpan.FromSeconds(3.5);

    /// <summary>After how long without a sign of life the process is killed.</summary>
    public TimeSpan SilenceKilled { get; init; } = TimeSpan.FromSeconds(60);
}
