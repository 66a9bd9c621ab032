using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Execution;

/// <summary>Executes cells one after another with state carried from cell to cell, and emits their outputs as events.</summary>
public sealed class Session : IAsyncDisposable
{
    /// <summary>Raised for every output, in order, on a thread of the session's choice.</summary>
    public event Action<CellOutput>? OutputEmitted;

    /// <summary>Executes one cell.</summary>
    /// <param name="code">The cell's source, C# with directives.</param>
    /// <param name="cellName">How the cell is named in compile errors and stack traces, for example "cell 3".</param>
    /// <param name="cancellationToken">Interrupts the cell.</param>
    public Task<CellResult> ExecuteAsync(string code, string cellName, CancellationToken cancellationToken = default)
    {
        OutputEmitted?.Invoke(new StreamOutput("stdout", ""));
        throw new NotImplementedException();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
