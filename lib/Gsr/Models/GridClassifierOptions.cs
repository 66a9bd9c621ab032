namespace Gsr.Models;

/// <summary>The shape of the paper's MNIST classifier.</summary>
public sealed record GridClassifierOptions
{
    /// <summary>Rows and columns of the grid layer; 8 x 8 in the paper.</summary>
    public int GridSize { get; init; } = 8;

    /// <summary>True for the variant with three convolutions between the grid and the last dense layer.</summary>
    public bool ConvolutionAfterGrid { get; init; }

    /// <summary>Height and width of the images; a multiple of 4.</summary>
    public int ImageSize { get; init; } = 28;

    /// <summary>Number of classes.</summary>
    public int Classes { get; init; } = 10;

    /// <summary>Dropout after the grid layer, behind the penalty; 0.4 in the paper's code.</summary>
    public double Dropout { get; init; } = 0.4;

    /// <summary>Seeds the initial weights.</summary>
    public int Seed { get; init; }

    /// <summary>Throws where a size does not fit.</summary>
    internal void Check()
    {
        if (GridSize < 4) throw new ArgumentException($"GridClassifierOptions.GridSize is {GridSize}; it must be at least 4.");
        if (ImageSize < 4 || ImageSize % 4 != 0) throw new ArgumentException($"GridClassifierOptions.ImageSize is {ImageSize}; it must be a multiple of 4.");
        if (Classes < 2) throw new ArgumentException($"GridClassifierOptions.Classes is {Classes}; it must be at least 2.");
        if (Dropout is not (>= 0 and < 1)) throw new ArgumentException($"GridClassifierOptions.Dropout is {Dropout}; it must lie in [0, 1).");
    }
}
