using Gsr.Experiments.OwnData;
using Gsr.SingleCell;

namespace Gsr.Tests.Experiments.OwnData;

public sealed class CellLabelsTests
{
    [Fact]
    public void Texts_are_groups_in_the_order_of_their_names()
    {
        var labels = CellLabels.Of(Table(["B", "A", null!, "B"]), "x");
        Assert.Equal(["(none)", "A", "B"], labels.Names);
        Assert.Equal([2, 1, 0, 2], labels.Numbers);
        Assert.Null(labels.Quantity);
        Assert.Equal(["cell"], CellLabels.Of(Table(["B", "A"]), "").Names);
        Assert.False(CellLabels.Of(Table(["B", "A"]), "").AreGroups);
    }

    [Theory]
    [InlineData("0 1 2 1", false)] // clusters
    [InlineData("3 4 5 9", false)]
    [InlineData("0 0.5 1 1", true)] // a pseudotime
    [InlineData("0 10 100 1000", true)] // doses
    [InlineData("130 170 210 290", true)] // minutes
    [InlineData("5 5 5 5", false)] // one group
    [InlineData("1 2 x 3", false)]
    [InlineData("-1 0.25 NA 1e3", true)]
    public void Numbers_are_a_quantity_unless_they_number_groups(string values, bool isQuantity)
    {
        var labels = CellLabels.Of(Table(values.Split(' ')), "x");
        Assert.Equal(isQuantity, labels.Quantity is not null);
        if (isQuantity) Assert.False(labels.AreGroups);
    }

    [Fact]
    public void A_missing_number_is_left_missing_and_numbers_of_a_file_are_read_as_such()
    {
        Assert.Equal([-1, 0.25, double.NaN], CellLabels.Of(Table(["-1", "0.25", "NA"]), "x").Quantity!);
        var numbers = new AnnotationTable(["a", "b", "c"]).With("t", [0.5, double.NaN, 7.25]);
        Assert.Equal([0.5, double.NaN, 7.25], CellLabels.Of(numbers, "t").Quantity!);
        Assert.Equal("a quantity from 0.5 to 7.25", $"{CellLabels.Of(numbers, "t")}");
    }

    [Fact]
    public void A_column_of_names_is_refused_with_its_name()
    {
        var names = Table([.. Enumerable.Range(0, 101).Select(i => $"cell {i}")]);
        Assert.Contains("LABEL = x", Assert.Throws<ArgumentException>(() => CellLabels.Of(names, "x")).Message);
        Assert.Throws<KeyNotFoundException>(() => CellLabels.Of(names, "y"));
    }

    private static AnnotationTable Table(string[] values) =>
        new AnnotationTable(values.Select((_, i) => $"c{i}")).With("x", values);
}
