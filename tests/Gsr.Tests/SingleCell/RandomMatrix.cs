using Gsr.SingleCell;

namespace Gsr.Tests.SingleCell;

/// <summary>Random matrices whose sparse and dense forms the tests hold beside each other.</summary>
internal static class RandomMatrix
{
    public static DenseMatrix Dense(Random random, int rows, int columns, double density)
    {
        var values = new float[rows * columns];
        for (var i = 0; i < values.Length; i++)
            values[i] = random.NextDouble() < density ? random.Next(1, 40) : 0;
        return new DenseMatrix(rows, columns, values);
    }

    public static SparseMatrix Sparse(DenseMatrix dense)
    {
        List<int> pointers = [0], columns = [];
        List<float> values = [];
        for (var row = 0; row < dense.Rows; row++)
        {
            for (var column = 0; column < dense.Columns; column++)
            {
                if (dense[row, column] == 0) continue;
                columns.Add(column);
                values.Add(dense[row, column]);
            }
            pointers.Add(values.Count);
        }
        return new SparseMatrix(dense.Rows, dense.Columns, [.. pointers], [.. columns], [.. values]);
    }

    public static AnnotatedMatrix Annotated(ExpressionMatrix values) => new(
        values,
        new AnnotationTable(Enumerable.Range(0, values.Rows).Select(i => $"cell{i}")),
        new AnnotationTable(Enumerable.Range(0, values.Columns).Select(i => $"gene{i}")));
}
