using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Running;

/// <summary>What the runner tells the process that executes the cells.</summary>
internal abstract record RunnerMessage
{
    /// <summary>Execute a cell; answered by outputs and one <see cref="ChildMessage.Done"/>.</summary>
    public sealed record Execute(Submission Submission) : RunnerMessage;

    /// <summary>No more cells will come.</summary>
    public sealed record Exit : RunnerMessage;
}

/// <summary>What the process that executes the cells tells the runner.</summary>
internal abstract record ChildMessage
{
    /// <summary>Sent once a second, and before every <see cref="Done"/>.</summary>
    /// <param name="PeakMemory">The most memory that the process has held at once, in bytes.</param>
    public sealed record Alive(long PeakMemory) : ChildMessage;

    /// <summary>An output.</summary>
    /// <param name="Value">The output.</param>
    /// <param name="Cell">The name of the cell that it descends from, which may have ended while its tasks go on; empty for the running one.</param>
    public sealed record Output(CellOutput Value, string Cell = "") : ChildMessage;

    /// <summary>The cell has ended.</summary>
    public sealed record Done(int ExecutionCount, bool Succeeded) : ChildMessage;
}
