namespace Gsr.SingleCell.Reading;

/// <summary>
/// Reads HDF5 files of a matrix X, cells in rows, and labels Y, as papers on deep clustering publish them. They have no
/// names: cells and genes are numbered.
/// </summary>
internal static class BareHdf5Reader
{
    /// <summary>Whether the file is one.</summary>
    public static bool IsOne(Hdf5Content content) => content.HasDataset("X") && content.HasDataset("Y")
        && content.Dimensions("X") is [var rows, _] && content.Dimensions("Y") is [var labels] && rows == labels;

    public static AnnotatedMatrix Read(Hdf5Content content)
    {
        var values = Hdf5Matrix.Compact(content, "X", transpose: false);
        var cells = Hdf5Columns.WithDataset(AnnotationTable.Numbered(values.Rows), content, "Y", "Y");
        return new AnnotatedMatrix(values, cells, AnnotationTable.Numbered(values.Columns))
        {
            Metadata = new Dictionary<string, string> { ["format"] = "HDF5 of X and Y" },
            Remarks = ["The file holds a matrix X and labels Y and no names: cells and genes are numbered from 0."],
        };
    }
}
