namespace Gsr.Kernel.Sessions.Execution;

/// <summary>A cell that is to be executed.</summary>
/// <param name="Code">Its source, which may hold directives, magic commands and parts in other languages.</param>
/// <param name="Name">How it is named in compile errors and stack traces, for example "cell 3".</param>
/// <param name="Language">The language that it begins in: <c>csharp</c>, or another of <c>#!lsmagic</c>.</param>
public sealed record Submission(string Code, string Name, string Language = Submission.CSharp)
{
    /// <summary>The language of a cell that does not name another one.</summary>
    public const string CSharp = "csharp";
}
