namespace Gsr.Graphs;

public sealed partial class FeatureGraph
{
    /// <summary>
    /// Disjoint copies of this graph, drawn side by side: node i of copy k is number k N + i. The spectrum is this
    /// graph's, every eigenvalue as many times as there are copies.
    /// </summary>
    /// <example><code>FeatureGraph.Path(2).Copies(3).ToString();   // 3 x path 2, 6 nodes, 3 edges</code></example>
    public FeatureGraph Copies(int count)
    {
        Arguments.AtLeast(count, 1, nameof(count), "ask for at least 1 copy.");
        Arguments.Size((long)count * NodeCount, (long)count * _edges.Length, nameof(count), count);
        if (count == 1)
            return this;

        var width = _layout.Max(p => p.X) - _layout.Min(p => p.X) + 1.5;
        var height = _layout.Max(p => p.Y) - _layout.Min(p => p.Y) + 1.5;
        // As many copies in a row as make the whole picture about square.
        var perRow = Math.Clamp((int)Math.Round(Math.Sqrt(count * height / width)), 1, count);
        var copies = Enumerable.Range(0, count);
        return new FeatureGraph(
            $"{count} x {Name}",
            count * NodeCount,
            [.. copies.SelectMany(k => _edges.Select(e => Shifted(e, k * NodeCount)))],
            [.. copies.SelectMany(k => _layout.Select(p => Placed(p, k % perRow, k / perRow)))]);

        static Edge Shifted(Edge edge, int by) => new(edge.Source + by, edge.Target + by, edge.Weight);

        NodePosition Placed(NodePosition place, int column, int row) =>
            new(place.X + (column * width), place.Y + (row * height));
    }
}
