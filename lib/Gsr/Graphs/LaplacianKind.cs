namespace Gsr.Graphs;

/// <summary>Which Laplacian of a graph with weights W and degrees D = diag(row sums of |W|).</summary>
public enum LaplacianKind
{
    /// <summary>
    /// L = D - W, the paper's. Eigenvalues 0 .. 2 max(d); its null space is constant on each component, but
    /// for sign on each balanced one of a signed graph.
    /// </summary>
    Combinatorial,
    /// <summary>L = I - D^-1/2 W D^-1/2. Eigenvalues 0 .. 2; an isolated node has a zero row.</summary>
    SymmetricNormalized,
    /// <summary>L = I - D^-1 W, not symmetric. Eigenvalues 0 .. 2; an isolated node has a zero row.</summary>
    RandomWalk,
}
