using Gsr.Kernel.Display;
using Gsr.Kernel.Sessions.Execution;
using Gsr.Kernel.Sessions.Languages;

namespace Gsr.Kernel.Sessions.Commands;

/// <summary><c>#!who</c>: the names that cells of the language left; <c>#!whos</c>: with types and values.</summary>
internal sealed class WhoCommand(bool detailed) : MagicCommand(
    detailed ? "whos" : "who",
    "lists the variables of this language" + (detailed ? " with their types and values" : ""))
{
    public override Task RunAsync(CommandContext context)
    {
        _ = CommandOptions.Parse(context.Command.Arguments);
        CellVariable[] variables =
            [.. context.Command.Into.Variables.OrderBy(variable => variable.Name, StringComparer.Ordinal)];
        if (variables.Length == 0)
            CellCommands.display($"{context.Command.Into.Name} has no variables yet.", "text/plain");
        else if (detailed)
        {
            CellCommands.display(
                variables.Select(v => new { v.Name, Type = Text.TypeName(v.Type), Value = Preview.Line(v.Value) }));
        }
        else
            CellCommands.display(string.Join('\n', variables.Select(variable => variable.Name)), "text/plain");
        return Task.CompletedTask;
    }
}
