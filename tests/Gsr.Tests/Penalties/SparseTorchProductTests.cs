using Gsr.Graphs;
using Gsr.Penalties;
using TorchSharp;

namespace Gsr.Tests.Penalties;

public sealed class SparseTorchProductTests
{
    [Fact]
    public void A_large_graph_as_a_sparse_matrix_of_libtorch_has_the_right_value_and_gradient()
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
}
