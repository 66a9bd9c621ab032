using Gsr.Kernel.Display;

namespace Gsr.Kernel.Tests.Display;

/// <summary>Variables as a table shows them, and closely.</summary>
public sealed class PreviewTests
{
    public static TheoryData<object?, string, string> Lines => new()
    {
        { null, "", "null" },
        { 3, "", "3" },
        { "text", "", "text" },
        { new double[2, 3], "2 × 3", "double[2×3]" },
        { new List<int> { 1, 2 }, "2", "[1, 2]" },
        { Enumerable.Range(0, 3).Select(int (_) => throw new InvalidOperationException("It ran.")), "", "" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_value_has_a_shape_and_a_line(object? value, string shape, string line)
    {
        Assert.Equal(shape, Preview.Shape(value));
        Assert.StartsWith(line, Preview.Line(value), StringComparison.Ordinal);
        Assert.True(line.Length > 0 || Preview.Line(value).Length == 0);
    }

    [Fact]
    public void Numbers_are_seen_as_statistics_and_a_heat_map()
    {
        var html = Preview.Html(new[,] { { 1.0, -3 }, { double.NaN, 0 } });
        foreach (var (name, value) in new[]
        {
            ("shape", "2 × 2"), ("smallest", "-3"), ("largest", "1"), ("mean", "-0.66667"), ("zeros", "1"),
            ("not finite", "1"),
        })
            Assert.Contains($"<th>{name}</th><td>{value}</td>", html, StringComparison.Ordinal);
        Assert.Equal(4, html.Split("<rect ").Length - 1);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Many_numbers_are_thinned_out_and_none_are_no_fault()
    {
        Assert.InRange(Preview.Html(new float[1000, 1000]).Length, 1, 1_000_000);
        foreach (var empty in new object[] { Array.Empty<int>(), new double[0, 5], new double[5, 0] })
            Assert.DoesNotContain("<rect ", Preview.Html(empty), StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_no_numbers_is_shown_as_a_cell_shows_it() =>
        Assert.Contains("&lt;b&gt;", Preview.Html("<b>"), StringComparison.Ordinal);
}
