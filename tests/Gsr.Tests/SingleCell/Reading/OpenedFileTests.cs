using Gsr.SingleCell;
using Gsr.SingleCell.Preparation;
using Gsr.SingleCell.Reading;
using Gsr.Tests.SingleCell.Preparation;
using PureHDF;

namespace Gsr.Tests.SingleCell.Reading;

/// <summary>Files whose values stay in them, read block by block, beside the same files read whole.</summary>
public sealed class OpenedFileTests
{
    private const int Cells = 3_000, Genes = 400;

    public static readonly TheoryData<string> Forms = ["csr", "packed", "csc", "dense", "chunks", "10x", "loom"];

    [Theory, MemberData(nameof(Forms))]
    public void Blocks_hold_what_the_whole_holds(string form)
    {
        var bytes = Hdf5Files.Bytes(File(form, Cells, Genes, out var expected));
        AnnotatedMatrix read = SingleCellFile.Read(new MemoryStream(bytes), form), opened = Open(bytes);
        Assert.Equal(expected, read.Values.ToArray());
        Assert.Contains("left in the file", opened.Values.ToString(), StringComparison.Ordinal);
        Assert.True(opened.Values.BlockRows < Cells, "it is no test of several blocks");
        Assert.Equal(expected, opened.Values.ToArray());
        Assert.Equal(read.Values.RowSums(), opened.Values.RowSums());
        Assert.Equal(read.Values.ColumnSums(), opened.Values.ColumnSums());
        Assert.Equal(read.Values.Column(7), opened.Values.Column(7));
        Assert.Equal(read.Values[2_999, 399], opened.Values[2_999, 399]);
        Assert.Equal(read.Values.GetType(), opened.Values.InMemory().GetType());
        Assert.Equal(expected, opened.Values.InMemory().ToArray());
        int[] rows = [2_990, 3, 1_500], columns = [5, 390, 17];
        Assert.Equal(read.Values.SelectRows(rows).ToArray(), opened.Values.SelectRows(rows).ToArray());
        Assert.Equal(read.Values.SelectColumns(columns).ToArray(), opened.Values.SelectColumns(columns).ToArray());
        Assert.Equal(read.Values.Transposed().ToArray(), opened.Values.Transposed().ToArray());
        Assert.Equal(read.SelectGenes(columns).SelectCells(rows).Values.ToArray(),
            opened.SelectGenes(columns).SelectCells(rows).Values.ToArray());
    }

    [Theory, MemberData(nameof(Forms))]
    public void Small_files_are_the_same_too(string form)
    {
        var bytes = Hdf5Files.Bytes(File(form, 3, 4, out var expected));
        Assert.Equal(expected, Open(bytes).Values.ToArray());
    }

    [Fact]
    public void Layers_raw_and_arrays_stay_in_the_file_and_are_found()
    {
        var bytes = Hdf5Files.Bytes(Hdf5Files.H5ad(Hdf5Files.Csc()));
        AnnotatedMatrix read = SingleCellFile.Read(new MemoryStream(bytes), "a.h5ad"), opened = Open(bytes);
        Assert.Equal(read.Values.ToArray(), opened.Values.ToArray());
        Assert.Equal(read.Layers["counts"].ToArray(), opened.WithLayer("counts").Values.ToArray());
        Assert.Equal(read.Raw!.Values.ToArray(), opened.WithLayer("raw").Values.ToArray());
        Assert.Equal(read.CellArrays["X_pca"].ToArray(), opened.CellArrays["X_pca"].ToArray());
        Assert.Equal(read.CellTable.Names, opened.CellTable.Names);
    }

    [Theory, MemberData(nameof(Forms))]
    public void Inputs_are_those_of_the_matrix_in_memory(string form)
    {
        var bytes = Hdf5Files.Bytes(File(form, Cells, Genes, out _));
        var options = new NetworkInputOptions { VariableGenes = 150, Components = 8 };
        NetworkInputs read = NetworkInputs.Of(SingleCellFile.Read(new MemoryStream(bytes), form), options),
            opened = NetworkInputs.Of(Open(bytes), options);
        Assert.Equal(read.Steps, opened.Steps);
        Assert.Equal(read.GeneTable.Names, opened.GeneTable.Names);
        Assert.Equal(read.Kept, opened.Kept);
        Near(read.Matrix, opened.Matrix, 1e-4f);
        Samples.Near(
            read.Correlations(read.Matrix).Cast<double>(), opened.Correlations(read.Matrix).Cast<double>(), 1e-9);
    }

    [Fact]
    public void A_file_that_changed_is_not_read_as_if_it_had_not()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        System.IO.File.WriteAllBytes(path, Hdf5Files.Bytes(Hdf5Files.H5ad(Hdf5Files.Csr())));
        try
        {
            var opened = SingleCellFile.Open(path);
            Assert.Equal(15, opened.Values.ToArray().Sum());
            System.IO.File.WriteAllBytes(path, Hdf5Files.Bytes(Hdf5Files.H5ad(Hdf5Files.Dense)));
            Assert.Contains(
                "changed", Assert.Throws<IOException>(() => opened.Values.ToArray()).Message, StringComparison.Ordinal);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    [Fact]
    public void Damage_within_a_block_is_named_when_it_is_read()
    {
        var group = Hdf5Files.Compressed("csr_matrix", [3, 4], [0, 2, 2, 5], [1, 3, 3, 9, 2], [2, 1, 5, 3, 4], false);
        var opened = Open(Hdf5Files.Bytes(Hdf5Files.H5ad(group)));
        var fault = Assert.Throws<DataFormatException>(() => opened.Values.ToArray());
        Assert.Contains("row 2", fault.Message, StringComparison.Ordinal);
        Assert.Throws<DataFormatException>(() => NetworkInputs.Of(opened));
    }

    [Fact]
    public void Feature_types_are_selected_in_the_file()
    {
        var file = Hdf5Files.Tenx(3);
        ((H5Group)((H5Group)file["matrix"])["features"])["feature_type"] =
            new[] { "Gene Expression", "Antibody Capture", "Gene Expression", "Antibody Capture" };
        var bytes = Hdf5Files.Bytes(file);
        var opened = Open(bytes);
        Assert.Equal(2, opened.GeneCount);
        Assert.Contains(opened.Remarks, remark => remark.Contains("2 of Antibody Capture", StringComparison.Ordinal));
        Assert.Equal(SingleCellFile.Read(new MemoryStream(bytes), "x").Values.ToArray(), opened.Values.ToArray());
        var proteins = SingleCellFile.Open(
            () => new MemoryStream(bytes), "x", new() { FeatureTypes = ["Antibody Capture"] });
        Assert.Equal(["CD4", "SOX2"], proteins.GeneTable.Names);
    }

    [Fact]
    public void Reading_and_preparing_end_when_they_are_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        System.IO.File.WriteAllBytes(path, Hdf5Files.Bytes(Hdf5Files.H5ad(Hdf5Files.Csr())));
        try
        {
            Assert.Throws<OperationCanceledException>(() => SingleCellFile.Read(path, null, null, source.Token));
            Assert.Throws<OperationCanceledException>(() => SingleCellFile.Open(path, null, null, source.Token));
            var opened = SingleCellFile.Open(path);
            Assert.Throws<OperationCanceledException>(() => NetworkInputs.Of(opened, null, null, source.Token));
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    internal static AnnotatedMatrix Open(byte[] bytes) =>
        SingleCellFile.Open(() => new MemoryStream(bytes, writable: false), "test");

    // Components are alike up to what a slightly different order of sums leaves.
    private static void Near(float[,] expected, float[,] actual, float tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.GetLength(0); i++)
        {
            for (var j = 0; j < expected.GetLength(1); j++) Assert.Equal(expected[i, j], actual[i, j], tolerance);
        }
    }

    /// <summary>Random counts in some form of HDF5, and what they are, row by row.</summary>
    internal static H5File File(string form, int cells, int genes, out float[] values)
    {
        var dense = RandomMatrix.Dense(new Random(form.Length), cells, genes, form == "csr" ? 0.95 : 0.9);
        values = dense.ToArray();
        var grid = new float[cells, genes];
        Buffer.BlockCopy(values, 0, grid, 0, values.Length * sizeof(float));
        string[] cellNames = [.. Enumerable.Range(0, cells).Select(i => $"c{i}")],
            geneNames = [.. Enumerable.Range(0, genes).Select(i => $"g{i}")];
        if (form is "10x" or "loom") return form == "loom" ? Loom() : Tenx();
        var turned = form == "csc";
        var sparse = RandomMatrix.Sparse(turned ? dense.Transposed() : dense);
        return new H5File
        {
            ["X"] = form switch
            {
                "dense" => grid,
                "chunks" => Hdf5Files.Packed(grid, (uint)Math.Min(cells, 70), (uint)Math.Min(genes, 90)),
                _ => Hdf5Files.Compressed(turned ? "csc_matrix" : "csr_matrix", [cells, genes],
                    sparse.RowPointers.ToArray(), sparse.ColumnIndices.ToArray(), sparse.Values.ToArray(),
                    form == "packed"),
            },
            ["obs"] = Hdf5Files.Frame(cellNames),
            ["var"] = Hdf5Files.Frame(geneNames),
        };

        H5File Loom()
        {
            var matrix = new float[genes, cells];
            for (var gene = 0; gene < genes; gene++)
            {
                for (var cell = 0; cell < cells; cell++) matrix[gene, cell] = grid[cell, gene];
            }
            return new H5File
            {
                ["matrix"] = Hdf5Files.Packed(matrix, (uint)Math.Min(genes, 64), (uint)Math.Min(cells, 64)),
                ["row_attrs"] = new H5Group { ["Gene"] = geneNames },
                ["col_attrs"] = new H5Group { ["CellID"] = cellNames },
            };
        }

        H5File Tenx()
        {
            var own = RandomMatrix.Sparse(dense);
            return new H5File
            {
                ["matrix"] = new H5Group
                {
                    ["barcodes"] = cellNames,
                    ["data"] = Array.ConvertAll(own.Values.ToArray(), value => (int)value),
                    ["indices"] = Array.ConvertAll(own.ColumnIndices.ToArray(), gene => (long)gene),
                    ["indptr"] = Array.ConvertAll(own.RowPointers.ToArray(), at => (long)at),
                    ["shape"] = new[] { genes, cells },
                    ["features"] = new H5Group { ["id"] = geneNames, ["name"] = geneNames },
                },
            };
        }
    }
}
