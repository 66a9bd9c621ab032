namespace Gsr.Kernel.Outputs;

/// <summary>A value shown by <c>display(...)</c>, or, when <paramref name="Update"/> is set, its replacement.</summary>
/// <param name="Bundle">The representations.</param>
/// <param name="DisplayId">Identifies the display for later updates; null when it can never be updated.</param>
/// <param name="Update">True when every display of this id takes the new content in place.</param>
public sealed record DisplayOutput(MimeBundle Bundle, string? DisplayId = null, bool Update = false) : CellOutput;
