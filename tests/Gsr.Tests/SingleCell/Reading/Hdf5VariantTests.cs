using Gsr.SingleCell;
using Gsr.SingleCell.Reading;
using PureHDF;

namespace Gsr.Tests.SingleCell.Reading;

/// <summary>h5ad, h5mu, loom and 10x HDF5 as other writers have them, and parts of them that cannot be read.</summary>
public sealed class Hdf5VariantTests
{
    private static readonly float[] Values = [.. Hdf5Files.Dense.Cast<float>()];
    private static readonly float[] Doubled = [.. Values.Select(value => 2 * value)];

    [Fact]
    public void Lzf_of_h5py_is_read()
    {
        var cells = Read(GoldenHdf5.Lzf);
        float[] expected = [
            .. from i in Enumerable.Range(0, 16) from j in Enumerable.Range(0, 32)
               select i * j % 3 == 0 ? (i + j) % 5 : 0f];
        Assert.Equal(expected, cells.Values.ToArray());
        Assert.Equal(expected, cells.Layers["dense"].ToArray());
        Assert.Equal(("c15", "g31"), (cells.CellTable.Names[^1], cells.GeneTable.Names[^1]));
        foreach (var column in (string[])["noise", "plain"])
        {
            Assert.Equal(Enumerable.Range(1, 16).Select(i => (double)(long)(((ulong)i * 0x9E3779B97F4A7C15) >> 1)),
                cells.CellTable.Numbers(column));
        }
    }

    [Fact]
    public void Numbers_of_big_endian_writers_are_read()
    {
        var cells = Read(GoldenHdf5.BigEndian);
        float[] expected = [0, 2, 0, 1, 0, 0, 0, 0, 3, 0, 4, 5.5f];
        Assert.Equal(expected, cells.Values.ToArray());
        Assert.Equal(expected, cells.Layers["dense"].ToArray());
        Assert.Equal([1.0, -2, 300], cells.CellTable.Numbers("n"));
    }

    [Fact]
    public void Nullable_texts_of_current_anndata_are_read()
    {
        var cells = Read(Hdf5Files.NullableTexts());
        Assert.Equal(Hdf5Files.Cells, cells.CellTable.Names);
        Assert.Equal(["u", null, "w"], cells.CellTable.Text("s"));
        Assert.Equal(["b", "a", null], cells.CellTable.Text("ct"));
    }

    [Fact]
    public void Truth_values_are_labels()
    {
        var cells = Read(Hdf5Files.H5ad(Hdf5Files.Csr()));
        Assert.Equal(["true", "false", "true"], cells.CellTable.Text("kept"));
    }

    [Fact]
    public void Without_x_a_layer_or_raw_is_taken_with_a_remark()
    {
        var file = Hdf5Files.H5ad(Hdf5Files.Csr());
        file.Remove("X");
        var layer = Read(file);
        Assert.Equal(Values, layer.Values.ToArray());
        Assert.Contains(layer.Remarks, remark => remark.Contains("no X: the layer 'counts'"));
        file.Remove("layers");
        var raw = Read(file);
        Assert.Equal(Values, raw.Values.ToArray());
        Assert.Contains("The file has no X: raw was taken.", raw.Remarks);
        file.Remove("raw");
        Assert.Contains("X: found nothing, nor layers or raw", Refused(file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_or_raw_takes_the_place_of_the_values()
    {
        var file = Hdf5Files.H5ad(new float[3, 4]);
        file["raw"] = new H5Group { ["X"] = Hdf5Files.Dense, ["var"] = Hdf5Files.Frame(["a", "b", "c", "d"]) };
        var cells = Read(file);
        Assert.Equal(["counts", "raw"], cells.LayerNames);
        Assert.Equal(Values, cells.WithLayer("counts").Values.ToArray());
        var raw = cells.WithLayer("raw");
        Assert.Equal(Values, raw.Values.ToArray());
        Assert.Equal(["a", "b", "c", "d"], raw.GeneTable.Names);
        Assert.Equal(["T", null, "B"], raw.CellTable.Text("type"));
        var message = Assert.Throws<KeyNotFoundException>(() => cells.WithLayer("x")).Message;
        Assert.Contains("there are counts, raw", message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_odd_part_does_not_refuse_the_file()
    {
        var file = Hdf5Files.H5ad(Hdf5Files.Csr());
        var odd = new H5Group { ["x"] = 1 };
        odd.Attributes["encoding-type"] = "awkward-array";
        file["layers"] = new H5Group { ["counts"] = Hdf5Files.Csr(), ["odd"] = odd, ["small"] = new float[2, 4] };
        file["obs"] = Hdf5Files.Frame(Hdf5Files.Cells,
            ("short", new[] { 1.0, 2 }), ("bad", Hdf5Files.Categories([0, 5, 0], ["B"])),
            ("age", new double[] { 1, 2, 3 }));
        file["obsm"] = new H5Group { ["frame"] = new H5Group { ["p"] = new[] { 1, 2, 3 } } };
        var cells = Read(file);
        Assert.Equal(["counts"], cells.Layers.Keys);
        Assert.Equal(["age"], cells.CellTable.ColumnNames);
        foreach (var part in (string[])["layers/odd", "layers/small", "obs/short", "obs/bad", "obsm/frame"])
            Assert.Contains(cells.Remarks, remark => remark.StartsWith(part, StringComparison.Ordinal));
        var loom = Hdf5Files.Loom();
        loom["row_attrs"] = new H5Group { ["Gene"] = Hdf5Files.Genes, ["e"] = new[] { 1.0, 2 } };
        loom["layers"] = new H5Group { ["flat"] = new[] { 1f, 2 } };
        var read = Read(loom);
        Assert.Equal(Values, read.Values.ToArray());
        Assert.Contains(read.Remarks, remark => remark.StartsWith("row_attrs/e was left", StringComparison.Ordinal));
        Assert.Contains(read.Remarks, remark => remark.StartsWith("layers/flat was left", StringComparison.Ordinal));
    }

    [Fact]
    public void The_modality_of_rna_is_read_or_the_named_one()
    {
        var rna = Read(Hdf5Files.Mudata());
        Assert.Equal(Values, rna.Values.ToArray());
        Assert.Contains(rna.Remarks, remark => remark.Contains("'rna' was read"));
        Assert.Equal(Doubled, Read(Hdf5Files.Mudata(), new() { Modality = "prot" }).Values.ToArray());
        Assert.Equal(Doubled, Read(Hdf5Files.Mudata("prot")).Values.ToArray());
        Assert.Contains(
            "the modalities atac, prot", Refused(Hdf5Files.Mudata("atac", "prot")), StringComparison.Ordinal);
        Assert.Contains("mod/rna: found no annotated matrix", Refused(new H5File
        {
            ["mod"] = new H5Group { ["rna"] = new H5Group() },
        }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_matrix_with_labels_alone_is_numbered_and_without_them_says_what_is_missing()
    {
        var cells = Read(new H5File { ["X"] = Hdf5Files.Dense, ["Y"] = new long[] { 2, 0, 2 } });
        Assert.Equal(Values, cells.Values.ToArray());
        Assert.Equal([2.0, 0, 2], cells.CellTable.Numbers("Y"));
        Assert.Equal(["0", "1", "2"], cells.CellTable.Names);
        Assert.Contains(cells.Remarks, remark => remark.Contains("no names"));
        Assert.Contains("the names of cells and genes beside X", Refused(new H5File { ["X"] = Hdf5Files.Dense }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_genomes_one_is_named()
    {
        var file = Hdf5Files.Tenx(2);
        file["mm10"] = Hdf5Files.Tenx(2)["GRCh38"];
        Assert.Contains("the genomes GRCh38, mm10", Refused(file), StringComparison.Ordinal);
        Assert.Equal(Values, Read(file, new() { Genome = "mm10" }).Values.ToArray());
        var current = Hdf5Files.Tenx(3);
        ((H5Group)((H5Group)current["matrix"])["features"])["genome"] = new[] { "GRCh38", "mm10", "mm10", "GRCh38" };
        var mouse = Read(current, new() { Genome = "mm10" });
        Assert.Equal(["ENSG2", "ENSG3"], mouse.GeneTable.Text("gene_ids"));
        Assert.Equal([2, 0, 0, 0, 0, 4], mouse.Values.ToArray());
        Assert.Contains("there are GRCh38, mm10",
            Assert.Throws<ArgumentException>(() => Read(current, new() { Genome = "hg19" })).Message);
    }

    [Fact]
    public void Other_feature_types_are_left_out_unless_asked_for()
    {
        string[] types = ["Gene Expression", "Antibody Capture", "Antibody Capture", "Gene Expression"];
        var tenx = Hdf5Files.Tenx(3);
        ((H5Group)((H5Group)tenx["matrix"])["features"])["feature_type"] = types;
        var h5ad = Hdf5Files.H5ad(Hdf5Files.Csr());
        h5ad["var"] = Hdf5Files.Frame(Hdf5Files.Genes, ("feature_types", types));
        foreach (var file in (H5File[])[tenx, h5ad])
        {
            var genes = Read(file);
            Assert.Equal(["ACTB", "SOX2"], genes.GeneTable.Names);
            Assert.Equal([0, 1, 0, 0, 3, 5], genes.Values.ToArray());
            Assert.Contains(genes.Remarks, remark => remark.Contains("2 of Antibody Capture"));
            var proteins = Read(file, new() { FeatureTypes = ["Antibody Capture"] });
            Assert.Equal([2, 0, 0, 0, 0, 4], proteins.Values.ToArray());
            Assert.Equal(4, Read(file, new() { FeatureTypes = ["Gene Expression", "Antibody Capture"] }).GeneCount);
            Assert.Contains("there are Gene Expression, Antibody Capture",
                Assert.Throws<ArgumentException>(() => Read(file, new() { FeatureTypes = ["Peaks"] })).Message);
        }
    }

    [Fact]
    public void Values_that_are_not_finite_are_counted_in_every_format()
    {
        float[,] odd = { { 1.5f, float.NaN, 0, float.PositiveInfinity }, { 0, 0, 0, 0 }, { 0, 0, 1, 0 } };
        const string Remark = "2 values are missing (NaN) or infinite, the first in 'CD4' of the cell 'c1'.";
        Assert.Contains(Remark, Read(Hdf5Files.H5ad(odd)).Remarks);
        var loom = Hdf5Files.Loom();
        loom["matrix"] = new[,] { { 1.5, 0, 0 }, { double.NaN, 0, 0 }, { 0, 0, 1 }, { 1e300, 0, 0 } };
        Assert.Contains(Remark, Read(loom).Remarks);
        var table = SingleCellFile.Read(new MemoryStream(SmallFiles.Text(
            "cell,ACTB,CD4,FTL,SOX2\nc1,1.5,NA,0,Inf\nc2,0,0,0,0\nc3,0,0,1,0\n")), "t.csv");
        Assert.Contains(Remark, table.Remarks);
        Assert.Equal(odd.Cast<float>(), table.Values.ToArray());
    }

    private static AnnotatedMatrix Read(H5File file, ReadOptions? options = null) =>
        Read(Hdf5Files.Bytes(file), options);

    private static AnnotatedMatrix Read(byte[] file, ReadOptions? options = null) =>
        SingleCellFile.Read(new MemoryStream(file), "test.h5", options);

    private static string Refused(H5File file) => Assert.Throws<DataFormatException>(() => Read(file)).Message;
}
