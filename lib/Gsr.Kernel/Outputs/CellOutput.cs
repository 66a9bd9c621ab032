namespace Gsr.Kernel.Outputs;

/// <summary>What a running cell emits, one event each; the notebook file and the Jupyter protocol both render these.</summary>
public abstract record CellOutput;
