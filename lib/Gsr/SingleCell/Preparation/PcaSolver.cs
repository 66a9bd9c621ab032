namespace Gsr.SingleCell.Preparation;

/// <summary>How principal components are computed.</summary>
public enum PcaSolver
{
    /// <summary>
    /// <see cref="Exact"/> where the smaller of cells and genes is at most 1,000, or at most 8,192 with a tenth of it or
    /// more components wanted; else <see cref="Krylov"/>.
    /// </summary>
    Auto,

    /// <summary>All eigenvalues of the matrix of inner products of the cells, or of the genes where they are fewer.</summary>
    Exact,

    /// <summary>
    /// A randomised block Krylov method (Musco and Musco 2015) with restarts, which goes on until the wanted components
    /// have converged; it needs products with the matrix only.
    /// </summary>
    Krylov,
}
