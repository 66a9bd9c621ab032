namespace Gsr.Graphs;

public sealed partial class FeatureGraph
{
    /// <summary>
    /// Krackhardt's kite: 10 nodes, 18 edges, in which the node of highest degree (3), the most between (7) and the
    /// closest to all (5 and 6) differ (Krackhardt 1990, Administrative Science Quarterly 35:342). No closed-form
    /// spectrum; λ₂ ≈ 0.3373, the tail 7 - 8 - 9 against the body.
    /// </summary>
    public static FeatureGraph KrackhardtKite()
    {
        Edge[] edges =
        [
            new(0, 1), new(0, 2), new(0, 3), new(0, 5),
            new(1, 3), new(1, 4), new(1, 6),
            new(2, 3), new(2, 5),
            new(3, 4), new(3, 5), new(3, 6),
            new(4, 6),
            new(5, 6), new(5, 7),
            new(6, 7),
            new(7, 8),
            new(8, 9),
        ];
        // The body is a hexagon around node 3, mirrored about the axis on which 3 and the tail lie.
        NodePosition[] layout =
        [
            new(0.5, -0.5), new(0.5, 0.5), new(0.9, -1.2), new(1, 0), new(0.9, 1.2),
            new(1.6, -0.5), new(1.6, 0.5), new(2.4, 0), new(3.4, 0), new(4.4, 0),
        ];
        return new FeatureGraph("Krackhardt kite", 10, edges, layout);
    }
}
