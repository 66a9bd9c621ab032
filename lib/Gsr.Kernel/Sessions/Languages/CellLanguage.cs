using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Sessions.Languages;

/// <summary>A language that cells can be written in.</summary>
/// <param name="name">The name as notebooks have it, and the magic command without its <c>#!</c>.</param>
/// <param name="description">One line for the list of commands.</param>
/// <param name="aliases">Other names.</param>
internal abstract class CellLanguage(string name, string description, params string[] aliases)
{
    public string Name => name;

    public string Description => description;

    public IReadOnlyList<string> Aliases => aliases;

    /// <summary>The values that its cells left, latest first of each name.</summary>
    public virtual IEnumerable<CellVariable> Variables => [];

    /// <returns>The value of its last expression as it is to be shown; null when there is nothing to show.</returns>
    public abstract Task<MimeBundle?> RunAsync(CodePart part, RunningCell cell);

    /// <summary>Gives it a value of another language.</summary>
    public virtual Task SetAsync(string name, object? value, RunningCell cell) =>
        throw new CommandException($"{Name} takes no values; csharp, fsharp, javascript and value do.");

    public virtual void Reset()
    {
    }
}

/// <summary>A value that cells left under a name.</summary>
internal sealed record CellVariable(string Name, Type Type, object? Value);

/// <summary>The languages of a session.</summary>
internal sealed class LanguageSet(params IReadOnlyList<CellLanguage> languages)
{
    public IReadOnlyList<CellLanguage> All => languages;

    public bool Contains(string name) => Find(name) is not null;

    /// <summary>The language of a name or an alias, whatever its case; null when there is none.</summary>
    public CellLanguage? Find(string name) => languages.FirstOrDefault(language =>
        language.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
            || language.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase));

    public override string ToString() => string.Join(", ", languages.Select(language => language.Name));
}

/// <summary>A magic command that cannot be followed; the message says what to write instead.</summary>
internal sealed class CommandException(string message) : Exception(message);
