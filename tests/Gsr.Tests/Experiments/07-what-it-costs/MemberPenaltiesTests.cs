using Gsr.Experiments.Costs;
using Gsr.Graphs;
using Gsr.Penalties;
using Gsr.Tests.Graphs;
using Gsr.Tests.Penalties;
using TorchSharp;

namespace Gsr.Tests.Experiments.Costs;

[Collection(Alone.Name)]
public sealed class MemberPenaltiesTests
{
    private static readonly IActivationPenalty[] Kinds =
    [
        new GraphPenalty(FeatureGraph.Grid(2, 3).Laplacian()),
            new GraphPenalty(FeatureGraph.Ring(6).Laplacian(), PenaltyForm.RayleighQuotient),
        new SparsityPenalty(), new EnergyPenalty(),
    ];

    [Fact]
    public void L2_is_the_mean_energy_of_the_examples()
    {
        using var scope = torch.NewDisposeScope();
        // Rows (1, -2) and (3, 0): energies 5 and 9, mean 7; gradient of 0.5 · mean: 0.5 · 2z / 2.
        var z = torch.tensor(new[,] { { 1.0, -2 }, { 3, 0 } }, requires_grad: true);
        var (term, value) = new EnergyPenalty().Evaluate(z, 0.5);
        term.backward();
        Assert.Equal(7, value, 1e-12);
        Assert.Equal(3.5, term.ToDouble(), 1e-12);
        Near.Equal([0.5, -1, 1.5, 0], PenaltyCases.ToArray(z.grad!), 1e-12);
        Assert.Equal("Σz²", new EnergyPenalty().ToString());
    }

    [Fact]
    public void Every_member_has_the_value_and_gradient_that_its_penalty_has_alone()
    {
        var random = new Random(4);
        for (var trial = 0; trial < 200; trial++)
        {
            using var scope = torch.NewDisposeScope();
            int count = random.Next(1, 6), batch = random.Next(1, 5);
            var members = Enumerable.Range(0, count).Select(_ => random.Next(6) is var kind && kind < Kinds.Length
                ? new MemberPenalty(Kinds[kind], random.Next(4) == 0 ? 0 : Math.Pow(10, random.Next(-5, 6)))
                : MemberPenalty.None).ToArray();
            var values = PenaltyCases.Values(count * batch * 6, trial);
            var z = PenaltyCases.Tensor(values, torch.ScalarType.Float64, count, batch, 6).requires_grad_();
            var factor = random.NextDouble();

            var (term, value) = new MemberPenalties(members).Evaluate(z, factor);
            // A task loss besides, as in training: a term without any penalty has no gradient of its own.
            (term + z.sum()).backward();
            var gradient = PenaltyCases.ToArray(z.grad!);

            double expected = 0;
            for (var m = 0; m < count; m++)
            {
                var alone = PenaltyCases.Tensor(
                    values[(m * batch * 6)..((m + 1) * batch * 6)], torch.ScalarType.Float64, batch, 6)
                        .requires_grad_();
                var loss = alone.sum();
                if (members[m].Penalty is { } penalty)
                {
                    var (ownTerm, ownValue) = penalty.Evaluate(alone, factor * members[m].Weight);
                    loss += ownTerm;
                    expected += members[m].Weight * ownValue;
                }

                loss.backward();
                Near.Equal(PenaltyCases.ToArray(alone.grad!), gradient[(m * batch * 6)..((m + 1) * batch * 6)], 1e-12);
            }

            Near.Equal(expected, value, 1e-12);
            Near.Equal(factor * expected, term.ToDouble(), 1e-12);
        }
    }

    [Fact]
    public void It_says_what_it_holds_and_refuses_what_does_not_fit()
    {
        using var scope = torch.NewDisposeScope();
        var penalties = new MemberPenalties([MemberPenalty.None, new(Kinds[2], 1e-3), new(Kinds[2], 1e-3)]);
        Assert.Equal("3 members: none x 1, 0.001 x (Σ|z|) x 2", penalties.ToString());
        Assert.Throws<ArgumentException>("members", () => new MemberPenalties([]));
        Assert.Throws<ArgumentException>(
            "members[1].Weight", () => new MemberPenalties([MemberPenalty.None, new(Kinds[2], -1)]));
        Assert.Throws<ArgumentException>(
            "members[0].Weight", () => new MemberPenalties([new(Kinds[2], double.NaN)]));
        Assert.Throws<ArgumentException>("activations", () => penalties.Evaluate(torch.zeros(2, 4, 6), 1));
        Assert.Throws<ArgumentException>("activations", () => penalties.Evaluate(torch.zeros(3), 1));
        Assert.Throws<ArgumentException>(
            "activations", () => new MemberPenalties([new(Kinds[0], 1)]).Evaluate(torch.zeros(1, 4, 7), 1));
    }

    [Fact]
    public void Evaluations_leave_no_tensor()
    {
        var penalties = new MemberPenalties(
            [.. Kinds.Select(kind => new MemberPenalty(kind, 0.1)), MemberPenalty.None]);
        using var z = torch.randn(5, 8, 6).requires_grad_();
        Assert.Equal(0, Alone.Growth(300, () => penalties.Evaluate(z, 1).Term.Dispose()));
        Assert.Equal(0, Alone.Growth(300, () =>
        {
            using var scope = torch.NewDisposeScope();
            penalties.Evaluate(z, 1).Term.backward();
        }));
    }
}
