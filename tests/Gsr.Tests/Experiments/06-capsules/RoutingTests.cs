using Gsr.Experiments.Capsules;
using Gsr.Tests.Penalties;
using TorchSharp;

namespace Gsr.Tests.Experiments.Capsules;

[Collection(Alone.Name)]
public sealed class RoutingTests
{
    private sealed record Case(int Examples, int Below, int BelowDimensions, int Above, int Dimensions, int Iterations, int Seed)
    {
        public double[] U => PenaltyCases.Values(Examples * Below * BelowDimensions, Seed);

        public double[] W => PenaltyCases.Values(Below * BelowDimensions * Above * Dimensions, Seed + 1000);

        public RoutingOracle Oracle => new(Below, BelowDimensions, Above, Dimensions, Iterations);

        public double[] Example(double[] u, int e) => u[(e * Below * BelowDimensions)..((e + 1) * Below * BelowDimensions)];

        public torch.Tensor UTensor(torch.ScalarType type) => PenaltyCases.Tensor(U, type, Examples, Below, BelowDimensions);

        public torch.Tensor WTensor(torch.ScalarType type) => PenaltyCases.Tensor(W, type, Below, BelowDimensions, Above * Dimensions);
    }

    /// <summary>Sizes below, at and above a vector's width, one of everything, and more examples than a block holds.</summary>
    private static IEnumerable<Case> Cases()
    {
        yield return new(1, 1, 1, 1, 1, 1, 1);
        yield return new(3, 5, 2, 10, 16, 3, 2);
        yield return new(2, 7, 8, 3, 17, 2, 3);
        yield return new(9, 70, 3, 10, 40, 3, 4);
        var random = new Random(7);
        for (var i = 0; i < 60; i++)
        {
            yield return new(random.Next(1, 5), random.Next(1, 12), random.Next(1, 9), random.Next(1, 11), random.Next(1, 20),
                random.Next(1, 5), 10 + i);
        }
    }

    [Theory]
    // The loops have no 1e-8 under the squash's root, which shows in short sums.
    [InlineData(torch.ScalarType.Float64, 1e-7)]
    [InlineData(torch.ScalarType.Float32, 2e-4)]
    public void The_kernel_gives_what_plain_loops_give(torch.ScalarType type, double tolerance)
    {
        foreach (var one in Cases())
        {
            using var scope = torch.NewDisposeScope();
            var sums = RoutingByAgreement.Route(one.UTensor(type), one.WTensor(type), one.Above, one.Iterations);
            Assert.Equal([one.Examples, one.Above, one.Dimensions], sums.shape);
            var expected = Enumerable.Range(0, one.Examples).SelectMany(e => one.Oracle.Run(one.Example(one.U, e), one.W).Sums).ToArray();
            PenaltyCases.Near(expected, PenaltyCases.ToArray(sums), tolerance);
        }
    }

    [Fact]
    public void Gradients_are_central_differences_with_couplings_fixed()
    {
        foreach (var one in Cases().Take(14).Where(c => c.Examples * c.Below * c.Above * c.Dimensions < 2000))
        {
            using var scope = torch.NewDisposeScope();
            var (u, w) = (one.UTensor(torch.ScalarType.Float64).requires_grad_(), one.WTensor(torch.ScalarType.Float64).requires_grad_());
            var outer = PenaltyCases.Values(one.Examples * one.Above * one.Dimensions, one.Seed + 2000);
            var sums = RoutingByAgreement.Route(u, w, one.Above, one.Iterations);
            (sums * PenaltyCases.Tensor(outer, torch.ScalarType.Float64, one.Examples, one.Above, one.Dimensions)).sum().backward();

            var couplings = Enumerable.Range(0, one.Examples)
                .Select(e => one.Oracle.Run(one.Example(one.U, e), one.W).Couplings).ToArray();
            double Loss(double[] us, double[] ws) => Enumerable.Range(0, one.Examples).Sum(e => one.Oracle
                .Run(one.Example(us, e), ws, couplings[e]).Sums.Select((s, i) => s * outer[(e * one.Above * one.Dimensions) + i]).Sum());

            var random = new Random(one.Seed);
            var (gradientU, gradientW) = (PenaltyCases.ToArray(u.grad!), PenaltyCases.ToArray(w.grad!));
            for (var trial = 0; trial < 8; trial++)
            {
                var (at, other) = (random.Next(gradientU.Length), random.Next(gradientW.Length));
                Assert.Equal(Difference(one.U, at, moved => Loss(moved, one.W)), gradientU[at], 1e-5 * (1 + Math.Abs(gradientU[at])));
                Assert.Equal(Difference(one.W, other, moved => Loss(one.U, moved)), gradientW[other], 1e-5 * (1 + Math.Abs(gradientW[other])));
            }
        }
    }

    [Fact]
    public void A_capsule_sends_more_to_the_one_that_agrees_with_it()
    {
        // Five capsules below predict the same for the first above and each something else for the second.
        using var scope = torch.NewDisposeScope();
        var u = torch.ones(1, 5, 1, dtype: torch.float64);
        var w = torch.zeros(5, 1, 2 * 5, dtype: torch.float64);
        for (var i = 0; i < 5; i++) (w[i, 0, 0], w[i, 0, 5 + i]) = (torch.tensor(1.0), torch.tensor(1.0));
        double[] lengths = [.. Enumerable.Range(1, 4).Select(r => PenaltyCases.ToArray(Squash.Length(RoutingByAgreement.Route(u, w, 2, r)))[0])];
        Assert.Equal(2.5, lengths[0], 1e-6);
        Assert.True(lengths[0] < lengths[1] && lengths[1] < lengths[2] && lengths[2] < lengths[3] && lengths[3] < 5);
    }

    [Fact]
    public void One_thread_and_two_give_the_same_bits()
    {
        var one = new Case(9, 70, 3, 10, 40, 3, 4);
        var (first, second) = (Alone.WithThreads(1, Run), Alone.WithThreads(2, Run));
        Assert.Equal(first.Sums, second.Sums);
        Assert.Equal(first.OfU, second.OfU);
        Assert.Equal(first.OfW, second.OfW);

        (double[] Sums, double[] OfU, double[] OfW) Run()
        {
            using var scope = torch.NewDisposeScope();
            var (u, w) = (one.UTensor(torch.float32).requires_grad_(), one.WTensor(torch.float32).requires_grad_());
            var sums = RoutingByAgreement.Route(u, w, one.Above, one.Iterations);
            (sums * sums).sum().backward();
            return (PenaltyCases.ToArray(sums), PenaltyCases.ToArray(u.grad!), PenaltyCases.ToArray(w.grad!));
        }
    }

    [Fact]
    public void Routing_leaves_no_tensor() => Alone.WithThreads(1, () =>
    {
        using var u = torch.randn(4, 6, 3).requires_grad_();
        using var w = torch.randn(6, 3, 10).requires_grad_();
        Assert.Equal(0, Alone.Growth(100, () => RoutingByAgreement.Route(u, w, 2, 3).Dispose()));
        Assert.Equal(0, Alone.Growth(100, () =>
        {
            using var scope = torch.NewDisposeScope();
            RoutingByAgreement.Route(u, w, 2, 3).sum().backward();
        }));
        Assert.Equal(0, Alone.Growth(100, () =>
        {
            using var noGradient = torch.no_grad();
            RoutingByAgreement.Route(u, w, 2, 3).Dispose();
        }));
        return true;
    });

    private static double Difference(double[] values, int at, Func<double[], double> function)
    {
        const double Step = 1e-5;
        double[] up = [.. values], down = [.. values];
        (up[at], down[at]) = (up[at] + Step, down[at] - Step);
        return (function(up) - function(down)) / (2 * Step);
    }
}
