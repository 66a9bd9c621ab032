using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Sessions.Execution;

/// <summary>A cell that did not come to run, or whose code threw; carries what its reader shall see.</summary>
internal sealed class CellException(ErrorOutput error, Exception? cause = null) : Exception(error.Value, cause)
{
    public ErrorOutput Error { get; } = error;
}
