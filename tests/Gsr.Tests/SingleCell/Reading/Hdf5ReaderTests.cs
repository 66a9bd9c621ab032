using Gsr.SingleCell;
using Gsr.SingleCell.Reading;
using PureHDF;

namespace Gsr.Tests.SingleCell.Reading;

/// <summary>h5ad, loom and 10x HDF5 in their variants, written here.</summary>
public sealed class Hdf5ReaderTests
{
    private static readonly float[] Values = [.. Hdf5Files.Dense.Cast<float>()];

    public static TheoryData<string> Encodings => ["csr", "packed csr", "csc", "dense", "packed dense"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void H_5ad_in_every_encoding_holds_the_same_matrix(string encoding)
    {
        var x = encoding switch
        {
            "csr" => Hdf5Files.Csr(),
            "packed csr" => Hdf5Files.Csr(packed: true),
            "csc" => Hdf5Files.Csc(),
            "dense" => Hdf5Files.Dense,
            _ => Hdf5Files.Packed(Hdf5Files.Dense, 2, 3),
        };
        var cells = Read(Hdf5Files.H5ad(x));
        Assert.Equal(Values, cells.Values.ToArray());
        Assert.Equal(encoding.Contains("dense", StringComparison.Ordinal), cells.Values is DenseMatrix);
        Assert.Equal(Values, cells.Layers["counts"].ToArray());
        Assert.Equal(Values, cells.Raw!.Values.ToArray());
        Assert.Equal([1, 2, 3, 4, 5, 6], cells.CellArrays["X_pca"].ToArray());
        Assert.Equal(["ACTB", "CD4", "CD4-1", "SOX2"], cells.GeneTable.Names);
        Assert.Equal(["T", null, "B"], cells.CellTable.Text("type"));
        Assert.Equal([true, false, true], (bool[])cells.CellTable.Column("kept"));
        Assert.Equal(["type", "age", "kept"], cells.CellTable.ColumnNames);
        Assert.Equal([3.0, 2, 4, 6], cells.GeneTable.Numbers("count"));
    }

    [Fact]
    public void Categories_of_before_anndata08_are_read()
    {
        var file = Hdf5Files.H5ad(Hdf5Files.Dense);
        file["obs"] = Hdf5Files.Frame(
            Hdf5Files.Cells, ("type", new sbyte[] { 1, 0, 1 }),
            ("__categories", new H5Group { ["type"] = new[] { "B", "T" } }));
        var cells = Read(file);
        Assert.Equal(["T", "B", "T"], cells.CellTable.Text("type"));
        Assert.Equal(["type"], cells.CellTable.ColumnNames);
    }

    [Fact]
    public void Loom_is_read_as_cells_by_genes()
    {
        var cells = Read(Hdf5Files.Loom());
        Assert.Equal(Values, cells.Values.ToArray());
        Assert.Equal(Values.Select(value => 2 * value), cells.Layers["spliced"].ToArray());
        Assert.Equal(Hdf5Files.Cells, cells.CellTable.Names);
        Assert.Equal([1.0, 2, 3], cells.CellTable.Numbers("Age"));
        Assert.Equal([1.0, 2, 3, 4], cells.GeneTable.Numbers("Length"));
        Assert.Equal(2, cells.CellArrays["umap"].Columns);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Tenx_files_of_both_versions_are_read(int version)
    {
        var cells = Read(Hdf5Files.Tenx(version));
        Assert.Equal(Values, cells.Values.ToArray());
        Assert.Equal(["ACTB", "CD4", "CD4-1", "SOX2"], cells.GeneTable.Names);
        Assert.Equal(["ENSG1", "ENSG2", "ENSG3", "ENSG4"], cells.GeneTable.Text("gene_ids"));
        Assert.Equal(version == 3, cells.GeneTable.ColumnNames.Contains("genome"));
    }

    [Fact]
    public void Contradictions_are_refused_with_their_path()
    {
        Assert.Contains(
            "X: found 2 x 4; expected 3 x 4", Refused(Hdf5Files.H5ad(new float[2, 4])), StringComparison.Ordinal);
        Assert.Contains("X/indptr: found 4 row pointers; expected 10", Refused(Hdf5Files.H5ad(
            Hdf5Files.Compressed("csr_matrix", [9, 4], [0, 1, 1, 1], [0], [1], false))), StringComparison.Ordinal);
        Assert.Contains("X: found entry 0 of row 0 is in column 7 of 4", Refused(Hdf5Files.H5ad(
            Hdf5Files.Compressed("csr_matrix", [3, 4], [0, 1, 1, 1], [7], [1], false))), StringComparison.Ordinal);
        Assert.Contains("X: found two entries in row 0, column 2", Refused(Hdf5Files.H5ad(
            Hdf5Files.Compressed("csr_matrix", [3, 4], [0, 2, 2, 2], [2, 2], [1, 1], false))),
            StringComparison.Ordinal);
        Assert.Contains(
            "expected obs and var", Refused(new H5File { ["other"] = new[] { 1 } }), StringComparison.Ordinal);
    }

    private static AnnotatedMatrix Read(H5File file) =>
        SingleCellFile.Read(new MemoryStream(Hdf5Files.Bytes(file)), "test.h5");

    private static string Refused(H5File file) => Assert.Throws<DataFormatException>(() => Read(file)).Message;
}
