using Gsr.Kernel.Sessions.Languages;

namespace Gsr.Kernel.Sessions.Commands;

/// <summary><c>#!share --from fsharp x</c>: gives a value of another language to the code of this one.</summary>
internal sealed class ShareCommand() : MagicCommand(
    "share", "--from LANGUAGE NAME [--as NAME]: takes a value from another language")
{
    public override Task RunAsync(CommandContext context)
    {
        var options = CommandOptions.Parse(context.Command.Arguments, "from", "as");
        if (options["from"] is not { } from || options.Words is not [var name])
            throw new CommandException("#!share is written #!share --from LANGUAGE NAME [--as NAME]");
        return context.Command.Into.SetAsync(options["as"] ?? name, context.Value(from, name), context.Cell);
    }
}
