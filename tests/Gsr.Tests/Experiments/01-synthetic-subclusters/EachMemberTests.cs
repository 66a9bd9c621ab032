using Gsr.Experiments.Subclusters;
using Gsr.Graphs;
using Gsr.Penalties;
using TorchSharp;

namespace Gsr.Tests.Experiments.Subclusters;

[Collection(Alone.Name)]
public sealed class EachMemberTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_term_is_the_sum_over_members_and_the_value_their_mean(bool graph)
    {
        IActivationPenalty penalty = graph ? new GraphPenalty(FeatureGraph.Path(6).Laplacian()) : new SparsityPenalty();
        using var scope = torch.NewDisposeScope();
        var together = torch.randn(4, 5, 6, requires_grad: true);
        var (term, value) = new EachMember(penalty).Evaluate(together, 0.3);
        term.backward();
        double terms = 0, values = 0;
        for (var m = 0; m < 4; m++)
        {
            var alone = together.detach()[m].clone().requires_grad_(true);
            var (own, ownValue) = penalty.Evaluate(alone, 0.3);
            own.backward();
            (terms, values) = (terms + own.ToDouble(), values + ownValue);
            Assert.True(alone.grad!.allclose(together.grad![m], 1e-4, 1e-6));
        }

        Assert.Equal(terms, term.ToDouble(), 1e-4);
        Assert.Equal(values / 4, value, 1e-4);
    }
}
