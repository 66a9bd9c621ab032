namespace Gsr.SingleCell.Simulation;

/// <summary>A branch of a lineage tree, along which cells develop.</summary>
/// <param name="Name">The cell type of its cells; each once.</param>
/// <param name="Parent">The branch at whose end it begins, named earlier in the list; null for the first, the root.</param>
/// <param name="Length">Its duration in any unit, above 0; cells are as many as it is long.</param>
public sealed record LineageBranch(string Name, string? Parent, double Length = 1)
{
    /// <summary>A progenitor that becomes one of two fates.</summary>
    public static IReadOnlyList<LineageBranch> Bifurcation { get; } =
        [new("progenitor", null), new("fate1", "progenitor"), new("fate2", "progenitor")];
}
