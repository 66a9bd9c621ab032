using Gsr.Kernel.Sessions.Execution;
using Gsr.Kernel.Sessions.Languages;

namespace Gsr.Kernel.Sessions.Commands;

/// <summary>A line that begins with <c>#!</c> and asks something of the engine. A new one is a file here and a line in <see cref="CommandSet"/>.</summary>
internal abstract class MagicCommand
{
    /// <summary>Its name without <c>#!</c>, lower case.</summary>
    public abstract string Name { get; }

    /// <summary>What is written after the name, and what it does: one line for <c>#!lsmagic</c>.</summary>
    public abstract string Usage { get; }

    /// <summary>Follows it, on the cell thread.</summary>
    /// <exception cref="CommandException">It cannot be followed.</exception>
    public abstract Task RunAsync(CommandContext context);
}

/// <summary>What a command can see and do.</summary>
/// <param name="Command">The line.</param>
/// <param name="Cell">The cell that it stands in.</param>
/// <param name="Languages">The languages of the session.</param>
/// <param name="Commands">The commands of the session.</param>
/// <param name="WorkingDirectory">Where relative paths start.</param>
/// <param name="RunAsync">Runs other code as a part of the cell.</param>
/// <param name="AtEnd">What is to be done when the cell has run.</param>
internal sealed record CommandContext(
    CommandPart Command, RunningCell Cell, LanguageSet Languages, CommandSet Commands, string WorkingDirectory,
    Func<Submission, Task> RunAsync, List<Action> AtEnd)
{
    /// <summary>The value of a name in a language.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public object? Value(string language, string name)
    {
        var from = Languages.Find(language) ?? throw new CommandException($"there is no language {language}; there are {Languages}.");
        return from.Variables.FirstOrDefault(variable => variable.Name == name) is { } found
            ? found.Value
            : throw new CommandException($"{from.Name} has no value \"{name}\"; #!whos lists those that there are.");
    }
}
