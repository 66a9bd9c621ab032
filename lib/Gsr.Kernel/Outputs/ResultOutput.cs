namespace Gsr.Kernel.Outputs;

/// <summary>The value of the cell's last expression.</summary>
public sealed record ResultOutput(MimeBundle Bundle) : CellOutput;
