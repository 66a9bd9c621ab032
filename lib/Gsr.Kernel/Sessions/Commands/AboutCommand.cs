using System.Runtime.InteropServices;
using Gsr.Kernel.Sessions.Execution;
using Gsr.Kernel.Sessions.Packages;

namespace Gsr.Kernel.Sessions.Commands;

/// <summary><c>#!about</c>: which engine this is, and what it runs on.</summary>
internal sealed class AboutCommand() : MagicCommand("about", "shows the versions of engine, .NET and system")
{
    public override Task RunAsync(CommandContext context)
    {
        _ = CommandOptions.Parse(context.Command.Arguments);
        CellCommands.display(
            $"gsr {EngineLocation.Version} ({EngineLocation.Assembly})\n{RuntimeInformation.FrameworkDescription}, "
            + $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}", "text/plain");
        return Task.CompletedTask;
    }
}
