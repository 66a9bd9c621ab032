namespace Gsr.Kernel.Outputs;

/// <summary>A compile error or an exception that ended the cell.</summary>
/// <param name="Name">The exception's type name, or <c>CompilationError</c>.</param>
/// <param name="Value">The message, one line where possible.</param>
/// <param name="Traceback">Readable lines, with the cell's own line numbers.</param>
public sealed record ErrorOutput(string Name, string Value, IReadOnlyList<string> Traceback) : CellOutput;
