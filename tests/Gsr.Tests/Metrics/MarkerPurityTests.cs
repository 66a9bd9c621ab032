using Gsr.Metrics;

namespace Gsr.Tests.Metrics;

public sealed class MarkerPurityTests
{
    private static readonly string[] s_universe = [.. Enumerable.Range(0, 10).Select(i => $"g{i}")];

    [Fact]
    public void Agrees_with_counting_every_draw()
    {
        string[] markers = ["g0", "g1", "g2", "elsewhere"];
        foreach (var selected in new string[][] { ["g0", "g1", "g5"], ["g7"], ["g0", "g1", "g2", "g3"], ["g3", "g4"] })
        {
            var shared = selected.Count(markers.Contains);
            var draws = Draws(0, selected.Length).ToArray();
            var expected = draws.Count(draw => draw.Count(i => i < 3) >= shared) / (double)draws.Length;
            var purity = MarkerPurity.Of(selected, markers, s_universe);
            Assert.Equal((shared, selected.Length), (purity.Shared, purity.Selected));
            Assert.Equal(expected, purity.PValue, 1e-12);
            Assert.Equal(selected.Length * 3 / 10.0, purity.Expected, 1e-12);
        }
    }

    [Fact]
    public void All_selected_or_all_marked_is_no_surprise()
    {
        Assert.Equal(1, MarkerPurity.Of(s_universe, ["g0"], s_universe).PValue, 1e-12);
        Assert.Equal(1, MarkerPurity.Of(["g0"], s_universe, s_universe).PValue, 1e-12);
        Assert.Equal(1, MarkerPurity.Of([], ["g0"], s_universe).PValue);
    }

    [Fact]
    public void Thousands_of_genes_do_not_overflow()
    {
        string[] many = [.. Enumerable.Range(0, 20_000).Select(i => $"g{i}")];
        var purity = MarkerPurity.Of(many.Take(50), many.Take(30), many);
        Assert.Equal(30, purity.Shared);
        Assert.InRange(purity.PValue, 1e-120, 1e-60);
    }

    [Fact]
    public void A_gene_from_elsewhere_or_named_twice_is_refused()
    {
        Assert.Contains("'x'", Assert.Throws<ArgumentException>(() => MarkerPurity.Of(["x"], [], s_universe)).Message, StringComparison.Ordinal);
        Assert.Contains("'g1' twice", Assert.Throws<ArgumentException>(() => MarkerPurity.Of(["g1", "g1"], [], s_universe)).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<int[]> Draws(int from, int count) => count == 0
        ? [[]]
        : from first in Enumerable.Range(from, Math.Max(0, 10 - from))
          from rest in Draws(first + 1, count - 1)
          select (int[])[first, .. rest];
}
