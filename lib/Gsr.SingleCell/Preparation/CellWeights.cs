namespace Gsr.SingleCell.Preparation;

/// <summary>How strongly a graph of cells links neighbours; d is the Euclidean distance of two cells.</summary>
public enum CellWeights
{
    /// <summary>
    /// √(2σᵢσⱼ / (σᵢ² + σⱼ²)) exp(-d² / (σᵢ² + σⱼ²)) where one of the two is among the other's k nearest, with σᵢ half the
    /// distance from cell i to its k-th neighbour: the locally scaled kernel of Haghverdi et al. 2016, for diffusion maps.
    /// </summary>
    Gaussian,

    /// <summary>
    /// a + b - ab with a = exp(-max(0, d - ρᵢ) / sᵢ) from i to its k nearest and b from j to i, where ρᵢ is the smallest
    /// distance above 0 and sᵢ makes the sum of cell i's weights log₂(k + 1): the fuzzy union of UMAP (McInnes et al. 2018),
    /// scanpy's default.
    /// </summary>
    Umap,

    /// <summary>1 where one of the two is among the other's k nearest.</summary>
    Binary,
}
