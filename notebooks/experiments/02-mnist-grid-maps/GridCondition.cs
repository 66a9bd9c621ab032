using Gsr.Models;

namespace Gsr.Experiments.GridMaps;

/// <summary>One way to train the classifier with a grid layer.</summary>
/// <param name="Name">For tables and pictures.</param>
/// <param name="Alpha">Weight of the graph penalty.</param>
public sealed record GridCondition(string Name, double Alpha)
{
    /// <summary>What follows the grid's weights; nothing in the paper.</summary>
    public Activation Activation { get; init; }

    /// <summary>Whether convolutions read the grid as an image.</summary>
    public bool Convolution { get; init; }

    /// <summary>Whether the workbook's own terms are in the loss, beside the penalty.</summary>
    public bool Terms { get; init; }

    /// <summary>What was measured in the paper's figure, for tables: Moran's I, pieces / classes, same-label
    /// share.</summary>
    public string Paper { get; init; } = "";

    /// <summary>A network with the initial weights of a seed.</summary>
    public GridClassifier Model(int seed) => new(new GridClassifierOptions
    {
        GridActivation = Activation,
        ConvolutionAfterGrid = Convolution,
        Seed = seed,
    });
}
