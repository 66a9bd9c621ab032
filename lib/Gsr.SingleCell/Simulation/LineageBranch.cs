namespace Gsr.SingleCell.Simulation;

/// <summary>A branch of a lineage tree, along which cells develop.</summary>
/// <param name="Name">The cell type of its cells; each once.</param>
/// <param name="Parent">The branch at whose end it begins, earlier in the list; null for the root.</param>
/// <param name="Length">Its duration in any unit, above 0; cells are as many as it is long.</param>
public sealed record LineageBranch(string Name, string? Parent, double Length = 1);
