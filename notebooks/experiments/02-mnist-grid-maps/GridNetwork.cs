using Gsr.Analysis;

namespace Gsr.Experiments.GridMaps;

/// <summary>What is kept of one trained network: readings of its grid on test images.</summary>
public sealed record GridNetwork(GridCondition Condition, int Seed)
{
    /// <summary>Class means of the grid, [10, nodes].</summary>
    public required double[,] Maps { get; init; }

    /// <summary>Mean Moran's I of the ten maps.</summary>
    public required double Moran { get; init; }

    /// <summary>The grid divided among the digits by the largest class mean.</summary>
    public required MapSegmentation Regions { get; init; }

    /// <summary>The same with each digit's own level taken off.</summary>
    public required MapSegmentation LevelFree { get; init; }

    /// <summary>Test accuracy in percent.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Where misread images are active.</summary>
    public required Misreading Misread { get; init; }

    /// <summary>A few test images, chosen by rule.</summary>
    public required IReadOnlyList<ExampleDigit> Examples { get; init; }

    /// <summary>
    /// The share of the variance between the ten maps that is a digit's level, its mean over all nodes, which zᵀLz does
    /// not see.
    /// </summary>
    public double LevelShare
    {
        get
        {
            double[] common = [.. Maps.Columns().Select(column => column.Average())];
            var excess = Maps.Rows().Select(row => row.Zip(common, (m, c) => m - c).ToArray()).ToArray();
            return excess.Sum(row => row.Length * row.Average() * row.Average())
                / excess.Sum(row => row.Sum(e => e * e));
        }
    }

    /// <summary>Such as "seed 10: 10 / 11", digits present and pieces, for a picture.</summary>
    public string Caption => $"seed {Seed}: {Regions.ClassesPresent} / {Regions.ComponentCount}";
}
