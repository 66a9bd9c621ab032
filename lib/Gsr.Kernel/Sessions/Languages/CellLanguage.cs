using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Sessions.Languages;

/// <summary>A language that cells can be written in.</summary>
internal abstract class CellLanguage
{
    /// <summary>The name as notebooks have it, and the magic command without its <c>#!</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Other words for it.</summary>
    public virtual IReadOnlyList<string> Aliases => [];

    /// <summary>One line for the list of commands.</summary>
    public abstract string Description { get; }

    /// <summary>The values that its cells left, latest first of each name.</summary>
    public virtual IEnumerable<CellVariable> Variables => [];

    /// <summary>Runs code on the cell thread.</summary>
    /// <returns>The value of its last expression as it is to be shown; null when there is nothing to show.</returns>
    /// <exception cref="CellException">The code does not compile, or threw.</exception>
    public abstract Task<MimeBundle?> RunAsync(CodePart part, RunningCell cell);

    /// <summary>Gives it a value of another language.</summary>
    /// <exception cref="CommandException">It cannot take values.</exception>
    public virtual Task SetAsync(string name, object? value, RunningCell cell) =>
        throw new CommandException($"{Name} takes no values from other languages; csharp, fsharp, javascript and value do.");

    /// <summary>Forgets everything.</summary>
    public virtual void Reset()
    {
    }
}

/// <summary>A value that cells left under a name.</summary>
internal sealed record CellVariable(string Name, Type Type, object? Value);
