namespace Gsr.Graphs;

/// <summary>Where a node is drawn. The unit is arbitrary; neighbours of a regular family lie about 1 apart.</summary>
/// <param name="X">Grows to the right.</param>
/// <param name="Y">Grows downwards, as the rows of an image do.</param>
public readonly record struct NodePosition(double X, double Y);
