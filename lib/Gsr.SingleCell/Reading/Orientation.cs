namespace Gsr.SingleCell.Reading;

/// <summary>Which way round a table holds cells and genes.</summary>
public enum Orientation
{
    /// <summary>Told from the heading of the first column and from what the names look like.</summary>
    Detect,

    /// <summary>One line per cell, as scanpy and Python write them.</summary>
    CellsInRows,

    /// <summary>One line per gene, as GEO, R and HTSeq write them.</summary>
    GenesInRows,
}
