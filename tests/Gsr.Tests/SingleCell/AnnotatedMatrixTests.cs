using Gsr.Experiments;
using Gsr.SingleCell;

namespace Gsr.Tests.SingleCell;

public sealed class AnnotatedMatrixTests
{
    [Fact]
    public void A_sparse_matrix_does_what_the_dense_one_does()
    {
        var random = new Random(1);
        for (var trial = 0; trial < 200; trial++)
        {
            var dense = RandomMatrix.Dense(random, random.Next(0, 9), random.Next(0, 9), random.NextDouble());
            var sparse = RandomMatrix.Sparse(dense);
            AssertSame(dense, sparse);
            AssertSame(dense.Transposed(), sparse.Transposed());
            int[] rows = [.. Enumerable.Range(0, dense.Rows).Where(_ => random.Next(3) > 0)];
            int[] columns = [.. Enumerable.Range(0, dense.Columns).Where(_ => random.Next(3) > 0)];
            random.Shuffle(rows);
            random.Shuffle(columns);
            AssertSame(dense.SelectRows(rows), sparse.SelectRows(rows));
            AssertSame(dense.SelectColumns(columns), sparse.SelectColumns(columns));
            AssertSame(dense.Map((row, value) => value * (row + 1)), sparse.Map((row, value) => value * (row + 1)));
        }
    }

    [Theory]
    [InlineData(new[] { 0, 1 }, new[] { 0 })]
    [InlineData(new[] { 1, 1, 1 }, new[] { 0 })]
    [InlineData(new[] { 0, 1, 2 }, new[] { 0 })]
    [InlineData(new[] { 0, 9, 1 }, new[] { 0 })]
    [InlineData(new[] { 0, -1, 1 }, new[] { 0 })]
    [InlineData(new[] { 0, 1, 1 }, new[] { 3 })]
    [InlineData(new[] { 0, 1, 1 }, new[] { -1 })]
    [InlineData(new[] { 0, 2, 2 }, new[] { 1, 1 })]
    public void Contradictory_arrays_are_refused(int[] pointers, int[] columns) =>
        Assert.Throws<ArgumentException>(
            "rowPointers", () => new SparseMatrix(2, 3, pointers, columns, new float[columns.Length]));

    [Fact]
    public void Repeated_names_are_made_unique_as_anndata_does()
    {
        var table = new AnnotationTable(["a", "b", "a", "a-1", "a", "b", "", ""]);
        // "a-1" is taken by a later name, so that the second "a" becomes "a-2" (the rule of
        // anndata.utils.make_index_unique).
        Assert.Equal(["a", "b", "a-2", "a-1", "a-3", "b-1", "", "-1"], table.Names);
        Assert.Equal(4, table.RenamedCount);
        Assert.Equal(2, table.IndexOf("a-2"));
        Assert.Equal(-1, table.IndexOf("c"));
    }

    [Fact]
    public void A_frame_holds_the_columns_of_its_table()
    {
        var table = new AnnotationTable(["x", "y", "z"])
            .With("type", ["B", null!, "T"])
            .With("count", [1, 2, 3])
            .With("share", [.5, double.NaN, 1])
            .With("kept", [true, false, true]);
        var frame = table.ToFrame();
        Assert.Equal(["type", "count", "share", "kept"], frame.ColumnKeys);
        Assert.Equal(["x", "y", "z"], frame.RowKeys);
        Assert.Equal("T", frame.GetColumn<string>("type").Get("z"));
        Assert.Equal(2, frame.GetColumn<long>("count").Get("y"));
        Assert.Equal(1, frame.GetColumn<double>("share").KeyCount - frame.GetColumn<double>("share").ValueCount);
        Assert.Equal(["B", null, "T"], table.Text("type"));
        Assert.Equal(["0.5", null, "1"], table.Text("share"));
        Assert.Equal([1.0, 0, 1], table.Numbers("kept"));
        Assert.Contains("type, count", Assert.Throws<KeyNotFoundException>(() => table.Numbers("age"))
            .Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => table.Numbers("type"));
        Assert.Throws<ArgumentException>(() => table.With("short", [1, 2]));
        Assert.Throws<ArgumentException>(() => table.With("dates", new DateTime[3]));
        Assert.Equal(3, new AnnotationTable(["x", "y", "z"]).ToFrame().RowCount);
    }

    [Fact]
    public void A_selection_takes_everything_along()
    {
        var dense = RandomMatrix.Dense(new Random(2), 4, 3, 1);
        var plain = RandomMatrix.Annotated(RandomMatrix.Sparse(dense));
        var matrix = new AnnotatedMatrix(plain.Values, plain.CellTable, plain.GeneTable)
        {
            Layers = new Dictionary<string, ExpressionMatrix> { ["twice"] = dense.Map((_, value) => 2 * value) },
        }
            .WithCellColumn("place", [0, 1, 2, 3])
            .WithGeneColumn("name", ["p", "q", "r"])
            .WithRaw();
        var part = matrix.SelectCells([3, 1]).SelectGenes([2, 0]);
        Assert.Equal(["cell3", "cell1"], part.CellTable.Names);
        Assert.Equal(["gene2", "gene0"], part.GeneTable.Names);
        Assert.Equal([3.0, 1], part.CellTable.Numbers("place"));
        Assert.Equal(["r", "p"], part.GeneTable.Text("name"));
        Assert.Equal([dense[3, 2], dense[3, 0], dense[1, 2], dense[1, 0]], part.Values.ToArray());
        Assert.Equal([2 * dense[3, 2], 2 * dense[1, 2]], part.Gene("gene2", "twice"));
        Assert.Equal((2, 3), (part.Raw!.CellCount, part.Raw.GeneCount));
        Assert.Equal("2 cells x 2 genes, 4 entries (100 %); layers twice", part.ToString());
        Assert.Throws<ArgumentException>(() => matrix.SelectCells([1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.SelectGenes([3]));
        Assert.Contains("'gene1'", Assert.Throws<KeyNotFoundException>(() => matrix.Gene("Gene1"))
            .Message, StringComparison.Ordinal);
    }

    private static void AssertSame(DenseMatrix dense, SparseMatrix sparse)
    {
        Assert.Equal(
            (dense.Rows, dense.Columns, dense.Values.ToArray().Count(v => v != 0)),
            (sparse.Rows, sparse.Columns, sparse.StoredCount));
        Assert.Equal(dense.ToArray(), sparse.ToArray());
        Assert.Equal(dense.RowSums(), sparse.RowSums());
        Assert.Equal(dense.ColumnSums(), sparse.ColumnSums());
        for (var column = 0; column < dense.Columns; column++)
            Assert.Equal(dense.Column(column), sparse.Column(column));
        for (var row = 0; row < dense.Rows; row++)
        {
            for (var column = 0; column < dense.Columns; column++)
                Assert.Equal(dense[row, column], sparse[row, column]);
        }
    }
}
