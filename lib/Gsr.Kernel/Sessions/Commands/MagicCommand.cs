using Gsr.Kernel.Sessions.Execution;
using Gsr.Kernel.Sessions.Languages;

namespace Gsr.Kernel.Sessions.Commands;

/// <summary>A line that begins with <c>#!</c>. A new one is a file, listed in <see cref="CommandSet"/>.</summary>
/// <param name="name">Its name without <c>#!</c>, lower case.</param>
/// <param name="usage">What is written after the name, and what it does: one line for <c>#!lsmagic</c>.</param>
internal abstract class MagicCommand(string name, string usage)
{
    public string Name => name;

    public string Usage => usage;

    public abstract Task RunAsync(CommandContext context);
}

/// <summary>What a command can see and do; <c>AtEnd</c> is done after the cell.</summary>
internal sealed record CommandContext(
    CommandPart Command, RunningCell Cell, LanguageSet Languages, CommandSet Commands, string WorkingDirectory,
    Func<Submission, Task> RunAsync, List<Action> AtEnd)
{
    /// <summary>The value of a name in a language.</summary>
    public object? Value(string language, string name)
    {
        var from = Languages.Find(language)
            ?? throw new CommandException($"there is no language {language}; there are {Languages}.");
        return from.Variables.FirstOrDefault(variable => variable.Name == name) is { } found
            ? found.Value
            : throw new CommandException($"{from.Name} has no value \"{name}\"; #!whos lists those that there are.");
    }
}

/// <summary>The magic commands that there are.</summary>
internal sealed class CommandSet
{
    private readonly Dictionary<string, MagicCommand> _commands;

    public CommandSet() => _commands = new MagicCommand[]
    {
        new TimeCommand(), new WhoCommand(detailed: false), new WhoCommand(detailed: true), new ResetCommand(),
        new ImportCommand(), new ShareCommand(), new SetCommand(), new LsMagicCommand(),
        new AboutCommand(),
    }.ToDictionary(command => command.Name);

    public IEnumerable<MagicCommand> All => _commands.Values;

    public bool Contains(string name) => _commands.ContainsKey(name.ToLowerInvariant());

    public MagicCommand this[string name] => _commands[name];
}
