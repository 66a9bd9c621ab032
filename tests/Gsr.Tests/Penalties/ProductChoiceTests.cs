using Gsr.Graphs;
using Gsr.Penalties;
using TorchSharp;

namespace Gsr.Tests.Penalties;

public sealed class ProductChoiceTests
{
    [Fact]
    public void Grids_go_by_diagonals_sparse_graphs_by_rows_and_dense_ones_to_libtorch()
    {
        Assert.IsType<DiagonalProduct>(Choice(FeatureGraph.Grid(8, 8)));
        Assert.IsType<DiagonalProduct>(Choice(FeatureGraph.Grid(128, 128)));
        Assert.IsType<DiagonalProduct>(Choice(FeatureGraph.Torus(4, 8)));
        Assert.IsType<DiagonalProduct>(Choice(FeatureGraph.Ring(100)));
        Assert.IsType<DiagonalProduct>(Choice(FeatureGraph.Path(2).Copies(50)));
        Assert.IsType<RowProduct>(Choice(FeatureGraph.Star(100)));
        Assert.IsType<RowProduct>(Choice(FeatureGraph.BinaryTree(8)));
        Assert.IsType<RowProduct>(Choice(FeatureGraph.Grid(30, 30).RewiredWithSameDegrees(1)));
        Assert.IsType<TorchProduct>(Choice(FeatureGraph.Complete(200)));
        Assert.IsType<DiagonalProduct>(Choice(FeatureGraph.Path(2).Copies(3)));
        Assert.IsType<RowProduct>(Choice(FeatureGraph.Complete(20)));
        Assert.IsNotType<TorchProduct>(Choice(FeatureGraph.Complete(300)));
    }

    [Fact]
    public void A_large_graph_goes_to_libtorch_as_a_sparse_matrix()
    {
        // What another device would be given: more nodes than a dense matrix is made for.
        var graph = FeatureGraph.Grid(50, 50);
        var penalty = new GraphPenalty(
            graph.Laplacian(), PenaltyForm.QuadraticForm, new TorchProduct(graph.Laplacian().Matrix));
        var z = PenaltyCases.Values(3 * 2500, 9);
        var (value, gradient) = PenaltyOracle.Evaluate(
            graph, LaplacianKind.Combinatorial, PenaltyForm.QuadraticForm, z, 3, 1);
        var actual = PenaltyCases.Run(penalty, z, torch.float64, [3, 2500], 1);
        Assert.Equal(value, actual.Value, 1e-8);
        PenaltyCases.Near(gradient, actual.Gradient, 1e-12);
    }

    private static QuadraticProduct Choice(FeatureGraph graph) =>
        QuadraticProduct.Choose(graph.Laplacian().SymmetricPart);
}
