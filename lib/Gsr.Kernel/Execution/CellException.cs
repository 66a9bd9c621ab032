using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Execution;

/// <summary>A cell that did not come to run; carries what its reader shall see.</summary>
internal sealed class CellException(ErrorOutput error) : Exception(error.Value)
{
    public ErrorOutput Error { get; } = error;
}
