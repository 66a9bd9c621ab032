using Gsr.Kernel.Display;
using Gsr.Kernel.Sessions.Execution;
using Gsr.Kernel.Sessions.Languages;

namespace Gsr.Kernel.Sessions.Commands;

/// <summary><c>#!who</c>: the names that cells of the language have left.</summary>
internal class WhoCommand : MagicCommand
{
    /// <inheritdoc/>
    public override string Name => "who";

    /// <inheritdoc/>
    public override string Usage => "lists the variables of this language";

    /// <inheritdoc/>
    public override Task RunAsync(CommandContext context)
    {
        _ = CommandOptions.Parse(context.Command.Arguments);
        CellVariable[] variables = [.. context.Command.Into.Variables.OrderBy(variable => variable.Name, StringComparer.Ordinal)];
        if (variables.Length == 0)
            CellCommands.display($"{context.Command.Into.Name} has no variables yet.", "text/plain");
        else
            Show(variables);
        return Task.CompletedTask;
    }

    /// <summary>Shows what there is.</summary>
    protected virtual void Show(CellVariable[] variables) =>
        CellCommands.display(string.Join('\n', variables.Select(variable => variable.Name)), "text/plain");
}

/// <summary><c>#!whos</c>: the same with types and values.</summary>
internal sealed class WhosCommand : WhoCommand
{
    /// <inheritdoc/>
    public override string Name => "whos";

    /// <inheritdoc/>
    public override string Usage => "lists the variables of this language with their types and values";

    /// <inheritdoc/>
    protected override void Show(CellVariable[] variables) => CellCommands.display(variables.Select(variable => new
    {
        variable.Name,
        Type = Text.TypeName(variable.Type),
        Value = Text.Cut(MimeFormatter.Format(variable.Value).Data["text/plain"].ToString().ReplaceLineEndings(" "), Longest),
    }));

    private const int Longest = 80;
}
