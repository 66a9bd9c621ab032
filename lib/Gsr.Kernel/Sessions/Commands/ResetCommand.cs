namespace Gsr.Kernel.Sessions.Commands;

/// <summary><c>#!reset</c>: forgets what cells have declared, so that its memory can be used again.</summary>
internal sealed class ResetCommand() : MagicCommand(
    "reset", "forgets all variables, functions and types of all languages")
{
    public override Task RunAsync(CommandContext context)
    {
        _ = CommandOptions.Parse(context.Command.Arguments);
        foreach (var language in context.Languages.All)
            language.Reset();
        return Task.CompletedTask;
    }
}
