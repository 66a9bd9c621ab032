namespace Gsr.Kernel.Outputs;

/// <summary>Removes the outputs that the cell emitted so far.</summary>
/// <param name="Wait">True to remove them only when the next output arrives.</param>
public sealed record ClearOutput(bool Wait) : CellOutput;
