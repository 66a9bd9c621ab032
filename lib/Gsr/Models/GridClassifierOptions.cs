namespace Gsr.Models;

/// <summary>The shape of the paper's MNIST classifier.</summary>
public sealed record GridClassifierOptions
{
    /// <summary>Rows and columns of the grid layer; 8 x 8 in the paper.</summary>
    public int GridSize { get; init; } = 8;

    /// <summary>
    /// What follows the grid's weights, before the penalty: nothing in the paper. A logistic function bounds how loud
    /// a class can be on the whole grid, which the quadratic form does not see (L1 = 0).
    /// </summary>
    public Activation GridActivation { get; init; }

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
        Arguments.Option(GridSize >= 4, "GridClassifierOptions.GridSize", GridSize, "at least 4");
        Arguments.Option(
            ImageSize >= 4 && ImageSize % 4 == 0, "GridClassifierOptions.ImageSize", ImageSize, "a multiple of 4");
        Arguments.Option(Classes >= 2, "GridClassifierOptions.Classes", Classes, "at least 2");
        Arguments.Option(Dropout is >= 0 and < 1, "GridClassifierOptions.Dropout", Dropout, "in [0, 1)");
    }
}
