namespace Gsr.Graphs;

/// <summary>An undirected weighted edge between two nodes.</summary>
/// <param name="Source">The node of lower number, from 0.</param>
/// <param name="Target">The node of higher number.</param>
/// <param name="Weight">The weight wᵢⱼ, finite, and positive but in a signed graph; 1 by default.</param>
public readonly record struct Edge(int Source, int Target, double Weight = 1.0);
