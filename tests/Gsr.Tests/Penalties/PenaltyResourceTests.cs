using Gsr.Graphs;
using Gsr.Penalties;
using TorchSharp;

namespace Gsr.Tests.Penalties;

[Collection(Alone.Name)]
public sealed class PenaltyResourceTests
{
    [Fact]
    public void A_thousand_evaluations_leave_no_tensor()
    {
        foreach (var form in PenaltyCases.Forms)
        {
            var laplacian = FeatureGraph.Grid(8, 8).Laplacian();
            foreach (var product in PenaltyCases.Products(laplacian.SymmetricPart))
            {
                var penalty = new GraphPenalty(laplacian, form, product);
                using var z = torch.randn(32, 64).requires_grad_();
                Assert.Equal(0, Alone.Growth(1000, () => penalty.Evaluate(z, 0.1).Term.Dispose()));
                Assert.Equal(0, Alone.Growth(1000, () =>
                {
                    using var scope = torch.NewDisposeScope();
                    penalty.Evaluate(z, 0.1).Term.backward();
                }));
                Assert.Equal(0, Alone.Growth(1000, () =>
                {
                    using var scope = torch.NewDisposeScope();
                    (penalty.Evaluate(z.reshape(32, 8, 8), 0.1).Term + (z * z).sum()).backward();
                }));
            }
        }
    }

    [Fact]
    public void A_refused_batch_leaves_no_tensor()
    {
        var penalty = new GraphPenalty(FeatureGraph.Grid(8, 8).Laplacian());
        using var z = torch.randn(32, 63);
        Assert.Equal(0, Alone.Growth(100, () => Assert.Throws<ArgumentException>(() => penalty.Evaluate(z))));
    }

    [Theory]
    [InlineData(PenaltyForm.QuadraticForm)]
    [InlineData(PenaltyForm.RayleighQuotient)]
    public void One_thread_and_two_give_the_same_bits(PenaltyForm form)
    {
        var laplacian = FeatureGraph.Grid(64, 64).Laplacian();
        using var z = torch.randn(301, 4096, generator: new torch.Generator(1));
        foreach (var product in new QuadraticProduct[]
        {
            new DiagonalProduct(laplacian.Matrix), new RowProduct(laplacian.Matrix)
        })
        {
            var penalty = new GraphPenalty(laplacian, form, product);
            var one = Alone.WithThreads(1, Run);
            var two = Alone.WithThreads(2, Run);
            Assert.Equal(one.Value, two.Value);
            Assert.Equal(one.Gradient, two.Gradient);

            (double Value, double[] Gradient) Run()
            {
                using var scope = torch.NewDisposeScope();
                var leaf = z.clone().requires_grad_();
                var (term, value) = penalty.Evaluate(leaf);
                term.backward();
                return (value, PenaltyCases.ToArray(leaf.grad!));
            }
        }
    }
}
