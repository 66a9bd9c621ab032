using System.Text.Json;
using System.Text.RegularExpressions;
using Gsr.Kernel.Sessions.Execution;
using Gsr.Kernel.Sessions.Languages;

namespace Gsr.Kernel.Sessions.Commands;

/// <summary><c>#!set --name x --value @fsharp:y</c>: sets a variable to a value, also of another language.</summary>
internal sealed partial class SetCommand() : MagicCommand(
    "set", "--name NAME --value @LANGUAGE:NAME, a number, true, false or text, @input:QUESTION or @password:QUESTION: "
        + "sets a variable")
{
    public override Task RunAsync(CommandContext context)
    {
        var options = CommandOptions.Parse(context.Command.Arguments, "name", "value");
        if (options["name"] is not { } name || options["value"] is not { } text || options.Words.Count > 0)
            throw new CommandException("#!set is written #!set --name NAME --value VALUE");
        return context.Command.Into.SetAsync(name, Value(context, text), context.Cell);
    }

    private static object? Value(CommandContext context, string text)
    {
        if (Question().Match(text) is { Success: true } asked)
            return Asked(asked.Groups["question"].Value, asked.Groups["kind"].Value == "password");
        if (text.StartsWith('@') && text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            return context.Value(text[1..colon], text[(colon + 1)..]);
        try
        {
            var json = JsonDocument.Parse(text).RootElement;
            return json.ValueKind switch
            {
                JsonValueKind.Number => json.TryGetInt32(out var whole) ? whole : json.GetDouble(),
                JsonValueKind.True or JsonValueKind.False => json.GetBoolean(),
                JsonValueKind.String => json.GetString(),
                _ => text,
            };
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static string Asked(string question, bool isHidden)
    {
        try
        {
            return CellCommands.Kernel.Ask(question, isHidden);
        }
        catch (InvalidOperationException e)
        {
            throw new CommandException(e.Message);
        }
    }

    [GeneratedRegex("^@(?<kind>input|password):(?<question>.*)$", RegexOptions.Singleline)]
    private static partial Regex Question();
}

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
