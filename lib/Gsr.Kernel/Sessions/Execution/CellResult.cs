using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Sessions.Execution;

/// <summary>How a cell's execution ended.</summary>
/// <param name="ExecutionCount">The count that the cell got, from 1.</param>
/// <param name="Elapsed">Wall-clock time, compilation included.</param>
/// <param name="Error">The error that was also emitted as an output; null when the cell succeeded.</param>
public sealed record CellResult(int ExecutionCount, TimeSpan Elapsed, ErrorOutput? Error)
{
    /// <summary>The answer to a cell such as <c>Console.WriteLine?</c>, for whoever asked; null for others.</summary>
    public MimeBundle? Help { get; init; }

    /// <summary>True when the cell ran to its end.</summary>
    public bool Succeeded => Error is null;
}
