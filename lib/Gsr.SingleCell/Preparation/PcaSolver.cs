namespace Gsr.SingleCell.Preparation;

/// <summary>How principal components are computed.</summary>
public enum PcaSolver
{
    /// <summary>
    /// By the smaller of cells and genes: <see cref="Exact"/> up to 1,000; above, <see cref="Krylov"/> for less than a
    /// tenth of it as components, and for more <see cref="Exact"/> up to 2,000 and <see cref="Randomised"/> beyond.
    /// </summary>
    Auto,
    /// <summary>All eigenvalues of the inner products of the cells, or of the genes if those are fewer.</summary>
    Exact,
    /// <summary>
    /// A randomised block Krylov method (Musco and Musco 2015) with restarts, which goes on until the wanted components
    /// have converged; it needs products with the matrix only. For few components of many cells.
    /// </summary>
    Krylov,
    /// <summary>
    /// Randomised subspace iteration (Halko, Martinsson and Tropp 2011) with a tenth more vectors than components and
    /// seven steps. Quick for a thousand components and more; those that stand out are accurate, those of a noise
    /// floor, where one is as good as another, are approximate: see <see cref="PcaResult.Residual"/>.
    /// </summary>
    Randomised,
}
