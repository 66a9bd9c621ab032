namespace Gsr.Kernel.Outputs;

/// <summary>What a running cell emits; the notebook file and the Jupyter protocol both carry these.</summary>
public abstract record CellOutput;
