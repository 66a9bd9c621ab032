using System.Diagnostics;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Sessions.Commands;

/// <summary><c>#!time</c>: says how long the rest of the cell took.</summary>
internal sealed class TimeCommand() : MagicCommand("time", "shows the time that the rest of the cell takes")
{
    public override Task RunAsync(CommandContext context)
    {
        var watch = Stopwatch.StartNew();
        context.AtEnd.Add(() => CellCommands.display(
            FormattableString.Invariant($"Wall time: {watch.Elapsed.TotalMilliseconds:0.##}ms"), "text/plain"));
        return Task.CompletedTask;
    }
}
