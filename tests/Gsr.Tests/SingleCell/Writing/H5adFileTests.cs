using System.Diagnostics;
using Gsr.SingleCell;
using Gsr.SingleCell.Reading;
using Gsr.SingleCell.Writing;

namespace Gsr.Tests.SingleCell.Writing;

public sealed class H5adFileTests : IDisposable
{
    private const string Python = "/usr/bin/python3";

    // Prints what anndata makes of a file, so that a test can compare it with what was written.
    private const string Print = """
        import anndata, sys, numpy as np
        a = anndata.read_h5ad(sys.argv[1])
        d = lambda x: np.asarray(x.todense() if hasattr(x, 'todense') else x).tolist()
        print(list(a.obs_names), list(a.var_names))
        print([(c, str(a.obs[c].dtype), [None if v != v else v for v in a.obs[c].tolist()]) for c in a.obs])
        print(None if a.X is None else d(a.X), type(a.X).__name__)
        print({k: d(v) for k, v in a.obsm.items()}, {k: d(v) for k, v in a.varm.items()},
              {k: d(v) for k, v in a.layers.items()})
        print(None if a.raw is None else (d(a.raw.X), list(a.raw.var_names)))
        print(a.uns['name'], a.uns['alpha'], a.uns['seeds'].tolist(), a.uns['genes'].tolist(), a.uns['inner'],
              a.uns['edges'].tolist(), bool(a.uns['signed']), list(a.uns['nodes'].columns))
        a.write(sys.argv[1] + '.again')
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Anndata_reads_back_what_was_written()
    {
        var error = Run("import anndata").Error;
        Assert.SkipWhen(error.Length > 0, $"{Python} has no anndata: apt-get install python3-anndata");
        var path = Path.Combine(_folder.Path, "grün.h5ad");
        Filled().Write(path);
        var read = Run(Print, path);
        Assert.Equal(
            """
            ['cell1', 'zelle ü', 'cell1-1'] ['CD3D', 'CD19']
            [('cell_type', 'category', ['T', None, 'T']), ('note', 'object', ['a', 'b', 'c']), ('count', 'int64', [1, 2, 3]), ('share_%', 'float64', [0.5, None, 2.0]), ('doublet', 'bool', [True, False, False]), ('a_b', 'int64', [7, 8, 9])]
            [[1.0, 0.0], [0.0, 0.0], [0.0, 2.5]] csr_matrix
            {'X_gsr': [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]} {'gsr': [[0.5], [-0.5]]} {'dense': [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]}
            ([[1.0, 0.0, 3.0], [0.0, 0.0, 0.0], [0.0, 2.5, 0.0]], ['CD3D', 'CD19', 'MS4A1'])
            brain 0.001 [1, 2] ['CD3D', 'ä'] {'k': 3, 'none': array([], dtype=float64)} [[0, 1]] True ['module']
            """, read.Output.Trim());
        Assert.True(File.Exists(path + ".again"), read.Error);
        Same(Filled(), SingleCellFile.Read(path + ".again"));
    }

    [Fact]
    public void What_was_written_is_read_again()
    {
        var path = Path.Combine(_folder.Path, "a.h5ad");
        Filled().Write(path);
        var read = SingleCellFile.Read(path);
        Same(Filled(), read);
        H5adFile.Of(read).Write(path, overwrite: true);
        Same(Filled(), SingleCellFile.Read(path));
    }

    [Fact]
    public void A_file_of_annotations_alone_holds_no_values()
    {
        var path = Path.Combine(_folder.Path, "a.h5ad");
        new H5adFile(Cells(), Genes()).Write(path);
        var error = Assert.Throws<DataFormatException>(() => SingleCellFile.Read(path));
        Assert.Equal("X", error.Field);
    }

    [Fact]
    public void An_existing_file_stays_unless_it_may_be_replaced()
    {
        var path = Path.Combine(_folder.Path, "a.h5ad");
        File.WriteAllText(path, "mine");
        Assert.Contains(path, Assert.Throws<IOException>(() => Filled().Write(path)).Message);
        Assert.Equal("mine", File.ReadAllText(path));
        Filled().Write(path, overwrite: true);
        Assert.Equal(3, SingleCellFile.Read(path).CellCount);
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void What_does_not_fit_is_named_and_nothing_is_written()
    {
        var path = Path.Combine(_folder.Path, "new", "a.h5ad");
        var file = Filled();
        Refused(file with { Values = new DenseMatrix(2, 2, new float[4]) }, "X is 2 x 2");
        Refused(file with { CellArrays = new Dictionary<string, float[,]> { ["X_a"] = new float[2, 1] } }, "obsm/X_a");
        Refused(file with { GeneArrays = new Dictionary<string, float[,]> { ["b"] = new float[3, 1] } }, "varm/b");
        Refused(
            file with { Layers = new Dictionary<string, ExpressionMatrix> { ["c"] = file.Raw!.Values } }, "layers/c");
        Refused(file with { Unstructured = new Dictionary<string, object> { ["d"] = 1m } }, "uns/d");
        Refused(file with { Unstructured = new Dictionary<string, object> { ["d"] = null! } }, "uns/d");

        void Refused(H5adFile wrong, string named)
        {
            Assert.Contains(named, Assert.Throws<ArgumentException>(() => wrong.Write(path)).Message);
            Assert.False(Directory.Exists(Path.GetDirectoryName(path)));
        }
    }

    private static AnnotationTable Cells() => new AnnotationTable(["cell1", "zelle ü", "cell1"])
        .With("cell_type", ["T", null!, "T"])
        .With("note", ["a", "b", "c"])
        .With("count", [1, 2, 3])
        .With("share_%", [0.5, double.NaN, 2])
        .With("doublet", [true, false, false])
        .With("a/b", [7, 8, 9]);

    private static AnnotationTable Genes() => new(["CD3D", "CD19"]);

    private static H5adFile Filled() => new(Cells(), Genes())
    {
        Values = new SparseMatrix(3, 2, [0, 1, 1, 2], [0, 1], [1, 2.5f]),
        Raw = new AnnotatedMatrix(
            new DenseMatrix(3, 3, [1, 0, 3, 0, 0, 0, 0, 2.5f, 0]), Cells(), new(["CD3D", "CD19", "MS4A1"])),
        Layers = new Dictionary<string, ExpressionMatrix> { ["dense"] = new DenseMatrix(3, 2, [1, 2, 3, 4, 5, 6]) },
        CellArrays = new Dictionary<string, float[,]> { ["X_gsr"] = new float[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } } },
        GeneArrays = new Dictionary<string, float[,]> { ["gsr"] = new[,] { { 0.5f }, { -0.5f } } },
        Unstructured = new Dictionary<string, object>
        {
            ["name"] = "brain",
            ["alpha"] = 0.001,
            ["signed"] = true,
            ["seeds"] = new[] { 1, 2 },
            ["genes"] = new[] { "CD3D", "ä" },
            ["edges"] = new[,] { { 0, 1 } },
            ["inner"] = new Dictionary<string, object> { ["k"] = 3, ["none"] = Array.Empty<double>() },
            ["nodes"] = new AnnotationTable(["1"]).With("module", [2]),
        },
    };

    private static void Same(H5adFile written, AnnotatedMatrix read)
    {
        Assert.Equal(written.CellTable.Names, read.CellTable.Names);
        Assert.Equal(written.GeneTable.Names, read.GeneTable.Names);
        Assert.Equal(
            written.CellTable.ColumnNames.Select(name => name.Replace('/', '_')), read.CellTable.ColumnNames);
        foreach (var column in written.CellTable.ColumnNames)
            Assert.Equal(written.CellTable.Text(column), read.CellTable.Text(column.Replace('/', '_')));
        Assert.Equal(written.Values!.ToArray(), read.Values.ToArray());
        Assert.Equal(written.Layers["dense"].ToArray(), read.Layer("dense").ToArray());
        Assert.Equal(written.CellArrays["X_gsr"].Cast<float>(), read.CellArrays["X_gsr"].ToArray());
        Assert.Equal(written.Raw!.Values.ToArray(), read.Raw!.Values.ToArray());
        Assert.Equal(written.Raw.GeneTable.Names, read.Raw.GeneTable.Names);
    }

    private static (string Output, string Error) Run(string code, params string[] arguments)
    {
        if (!File.Exists(Python)) return ("", "there is no python");
        var start = new ProcessStartInfo(Python, ["-W", "ignore", "-c", code, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var python = Process.Start(start)!;
        var error = python.StandardError.ReadToEndAsync();
        var output = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        return (output, error.Result);
    }
}
