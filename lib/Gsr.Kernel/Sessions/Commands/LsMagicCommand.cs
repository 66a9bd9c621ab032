using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Sessions.Commands;

/// <summary><c>#!lsmagic</c>: what there is.</summary>
internal sealed class LsMagicCommand() : MagicCommand("lsmagic", "lists languages and magic commands")
{
    public override Task RunAsync(CommandContext context)
    {
        var languages =
            context.Languages.All.Select(l => $"#!{string.Join(", #!", [l.Name, .. l.Aliases])}: {l.Description}");
        var commands = context.Commands.All.Select(c => $"#!{c.Name} {c.Usage}");
        CellCommands.display(string.Join("\n  ", ["Languages", .. languages]) + "\n"
            + string.Join("\n  ", ["Commands", .. commands]), "text/plain");
        return Task.CompletedTask;
    }
}
