using Gsr.Kernel.Execution;
using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Running;

/// <summary>What the child process needs of a session; stands in its place until the session is whole.</summary>
internal interface ICellExecutor
{
    event Action<CellOutput>? OutputEmitted;

    Task<CellResult> ExecuteAsync(string code, string cellName, CancellationToken cancellationToken = default);
}
