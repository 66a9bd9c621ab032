namespace Gsr.Kernel.Outputs;

/// <summary>What a running cell emits, one event each; the notebook file and the Jupyter protocol both render these.</summary>
public abstract record CellOutput;

/// <summary>Text written to standard output or standard error.</summary>
/// <param name="Name"><c>stdout</c> or <c>stderr</c>.</param>
/// <param name="Text">The text, which may hold carriage returns.</param>
public sealed record StreamOutput(string Name, string Text) : CellOutput;

/// <summary>A value shown by <c>display(...)</c>, or, when <paramref name="Update"/> is set, its replacement.</summary>
/// <param name="Bundle">The representations.</param>
/// <param name="DisplayId">Identifies the display for later updates; null when it can never be updated.</param>
/// <param name="Update">True when every display of this id takes the new content in place.</param>
public sealed record DisplayOutput(MimeBundle Bundle, string? DisplayId = null, bool Update = false) : CellOutput;

/// <summary>The value of the cell's last expression.</summary>
/// <param name="Bundle">The representations.</param>
public sealed record ResultOutput(MimeBundle Bundle) : CellOutput;

/// <summary>A compile error or an exception that ended the cell.</summary>
/// <param name="Name">The exception's type name, or <c>CompilationError</c>.</param>
/// <param name="Value">The message, one line where possible.</param>
/// <param name="Traceback">Readable lines, with the cell's own line numbers.</param>
public sealed record ErrorOutput(string Name, string Value, IReadOnlyList<string> Traceback) : CellOutput;

/// <summary>Removes the outputs that the cell emitted so far.</summary>
/// <param name="Wait">True to remove them only when the next output arrives.</param>
public sealed record ClearOutput(bool Wait) : CellOutput;
