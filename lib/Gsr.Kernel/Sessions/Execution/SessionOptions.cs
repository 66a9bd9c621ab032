namespace Gsr.Kernel.Sessions.Execution;

/// <summary>How a session is set up.</summary>
public sealed record SessionOptions
{
    /// <summary>The folder that relative paths in <c>#r</c> and <c>#load</c> start from.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>
    /// True to capture what native code and child processes write to the file descriptors 1 and 2 (Unix only).
    /// One session of a process at a time can hold them. A process that reports on its own standard output says no.
    /// </summary>
    public bool CaptureFileDescriptors { get; init; } = true;

    /// <summary>
    /// How many characters cells may write at once, and again in a minute, before text is left out, with a remark; of
    /// values they may show five times as many. Null for no limit, which is right where whoever takes outputs makes the
    /// cell wait until they are taken.
    /// </summary>
    public int? MostTextAtOnce { get; init; }

    /// <summary>How long an interrupted cell may take to end before it is given up; 2 s by default.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Asks for a line, by a question, which may be empty, and whether the answer is hidden; gives null where nobody
    /// answers. If it is null itself, cells read the end of the input.
    /// </summary>
    public Func<string, bool, string?>? ReadLine { get; init; }
}
