using Gsr.SingleCell;

namespace Gsr.Experiments.TCells;

/// <summary>T cells of the mouse thymus by mass cytometry, or their stand-in.</summary>
public sealed record ThymusData
{
    /// <summary>Cells x markers, after arcsinh.</summary>
    public required AnnotatedMatrix Cells { get; init; }

    /// <summary>The trajectory that came with the cells, one of them each; null where it has to be derived.</summary>
    public BranchedTrajectory? Trajectory { get; init; }

    /// <summary>A trajectory of the same cells to compare a derived one with; null where there is none.</summary>
    public BranchedTrajectory? Reference { get; init; }

    /// <summary>Where <see cref="Reference"/> comes from; null where there is none.</summary>
    public string? ReferenceName { get; init; }

    /// <summary>Where the data came from. Show it: a stand-in must not pass for cells.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>True where the cells were generated.</summary>
    public bool IsStandIn => Provenance.IsStandIn;

    /// <summary>The markers as rows of cells, for pictures and correlations.</summary>
    public double[,] Matrix()
    {
        var matrix = new double[Cells.CellCount, Cells.GeneCount];
        var row = new float[Cells.GeneCount];
        for (int cell = 0; cell < Cells.CellCount; cell++)
        {
            Cells.Values.CopyRow(cell, row);
            for (int marker = 0; marker < row.Length; marker++)
                matrix[cell, marker] = row[marker];
        }
        return matrix;
    }
}
