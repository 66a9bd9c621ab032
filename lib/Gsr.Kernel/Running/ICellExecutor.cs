using Gsr.Kernel.Execution;
using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Running;

internal interface ICellExecutor
{
    event Action<CellOutput>? OutputEmitted;

    Task<CellResult> ExecuteAsync(string code, string cellName, CancellationToken cancellationToken = default);
}
