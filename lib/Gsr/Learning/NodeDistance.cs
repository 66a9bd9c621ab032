namespace Gsr.Learning;

/// <summary>How far apart two nodes x, y are, as vectors of activations over samples.</summary>
public enum NodeDistance
{
    /// <summary>‖x - y‖, the paper's: nodes are near that fire equally strongly.</summary>
    Euclidean,
    /// <summary>1 - xᵀy / (‖x‖ ‖y‖), 0 .. 2: of any scale.</summary>
    Cosine,
    /// <summary>1 - r, with r Pearson's correlation, 0 .. 2: of any scale and offset.</summary>
    Correlation,
}
