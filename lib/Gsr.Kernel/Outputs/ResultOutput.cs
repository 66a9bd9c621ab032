namespace Gsr.Kernel.Outputs;

/// <summary>The value of the cell's last expression.</summary>
/// <param name="Bundle">The representations.</param>
public sealed record ResultOutput(MimeBundle Bundle) : CellOutput;
