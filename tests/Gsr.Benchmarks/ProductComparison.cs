using Gsr.Graphs;
using Gsr.Penalties;
using TorchSharp;

namespace Gsr.Benchmarks;

/// <summary>
/// Which product a penalty chooses for a graph, beside the times of all that it could choose: the choice is right where
/// no other is clearly faster.
/// </summary>
internal static class ProductComparison
{
    private static readonly FeatureGraph[] Graphs =
    [
        FeatureGraph.Grid(8, 8), FeatureGraph.Grid(128, 128), FeatureGraph.Torus(4, 8), FeatureGraph.Ring(100),
        FeatureGraph.Path(2).Copies(3), FeatureGraph.Path(2).Copies(50), FeatureGraph.Star(100),
        FeatureGraph.BinaryTree(8), FeatureGraph.Grid(30, 30).RewiredWithSameDegrees(1), FeatureGraph.Complete(20),
        FeatureGraph.Complete(200), FeatureGraph.Complete(300),
    ];

    /// <summary>Measures the products of each graph, alternating, and prints a row for each.</summary>
    public static void Run(Action<Series[]> alternate)
    {
        Console.WriteLine("| graph, batch 128 | product chosen | by diagonals | by rows | libtorch |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var graph in Graphs) Row(graph, alternate);
    }

    /// <summary>Such as "DiagonalProduct".</summary>
    public static string ChosenFor(CsrMatrix matrix) => QuadraticProduct.Choose(matrix).GetType().Name;

    private static void Row(FeatureGraph graph, Action<Series[]> alternate)
    {
        var laplacian = graph.Laplacian();
        var matrix = laplacian.SymmetricPart;
        using var z = torch.rand(PenaltyWorkload.Batch, graph.NodeCount).requires_grad_();
        Series[] all =
        [
            DiagonalProduct.Suits(matrix) ? Of(new DiagonalProduct(matrix)) : Comparison.Missing,
            Of(new RowProduct(matrix)), Of(new TorchProduct(matrix)),
        ];
        alternate(all);
        Console.WriteLine($"| {graph} | {ChosenFor(matrix)} | {string.Join(" | ", all.Select(Comparison.Us))} |");

        Series Of(QuadraticProduct product)
        {
            var penalty = new GraphPenalty(laplacian, PenaltyForm.QuadraticForm, product);
            return Series.Of(
                product.GetType().Name, () => PenaltyWorkload.Backward(z, () => penalty.Evaluate(z).Term));
        }
    }
}
