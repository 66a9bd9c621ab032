using Gsr.Experiments;
using Gsr.SingleCell;

namespace Gsr.Tests.Experiments;

public sealed class GeneValuesTests
{
    [Fact]
    public void Values_of_genes_come_in_the_order_asked_for()
    {
        var cells = new AnnotatedMatrix(
            new DenseMatrix(2, 3, [1, 2, 3, 4, 5, 6]), new AnnotationTable(["a", "b"]),
            new AnnotationTable(["x", "y", "z"]));
        Assert.Equal(new double[,] { { 3, 1 }, { 6, 4 } }, cells.ValuesOf(["z", "x"]));
        Assert.Equal(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }, cells.ValuesOf());
        Assert.Throws<KeyNotFoundException>(() => cells.ValuesOf(["nowhere"]));
    }
}
