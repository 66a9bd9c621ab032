namespace Gsr.SingleCell.Trajectories;

/// <summary>A diffusion map of cells with their pseudotime.</summary>
/// <param name="Times">Pseudotime of each cell, 0 to 1.</param>
/// <param name="Components">[cells, components]: coordinates to draw the cells at, without the constant one.</param>
/// <param name="Eigenvalues">Of each component, descending, below 1.</param>
public sealed record DiffusionTrajectory(double[] Times, double[,] Components, IReadOnlyList<double> Eigenvalues);
