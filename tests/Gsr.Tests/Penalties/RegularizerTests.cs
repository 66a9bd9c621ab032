using Gsr.Graphs;
using Gsr.Penalties;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Tests.Penalties;

[Collection(Alone.Name)]
public sealed class RegularizerTests
{
    private static readonly GraphPenalty OnGrid = new(FeatureGraph.Grid(2, 4).Laplacian());
    private static readonly GraphPenalty OnRing = new(FeatureGraph.Ring(6).Laplacian());

    [Fact]
    public void Several_layers_of_a_sequential_at_once()
    {
        using var scope = torch.NewDisposeScope();
        using var first = Linear(5, 8);
        using var second = Linear(8, 6);
        using var model = Sequential(("first", first), ("act", ReLU()), ("second", second));
        using var regularizer = new Regularizer().Add(first, OnGrid, 0.5).Add(second, OnRing, 2, "ring")
            .Add(second, new SparsityPenalty(), 0.1);
        Assert.Equal(["penalty", "ring", "penalty 3"], regularizer.Names);
        Assert.Contains("ring: 2 x (zᵀLz, combinatorial Laplacian of ring 6", regularizer.ToString());

        var x = torch.randn(4, 5);
        regularizer.BeginStep(0);
        var output = model.call(x);
        var terms = regularizer.EndStep();
        Assert.Equal(["penalty", "ring", "penalty 3"], terms.Select(t => t.Name));
        Assert.Equal([0.5, 2, 0.1], terms.Select(t => t.Weight));
        Assert.Equal(OnGrid.Evaluate(first.call(x)).Value, terms[0].Value, 1e-6);
        Assert.Equal(OnRing.Evaluate(output).Value, terms[1].Value, 1e-6);
        Assert.Equal(output.abs().sum().ToDouble() / 4, terms[2].Value, 1e-5);
        Assert.All(terms, t => Assert.Equal(t.Weight * t.Value, t.Term.ToDouble(), 1e-5));

        terms[0].Term.backward();
        Assert.NotNull(first.weight!.grad);
        Assert.Null(second.weight!.grad);
        foreach (var term in terms) term.Term.Dispose();
    }

    [Fact]
    public void A_layer_inside_a_module_of_ones_own_with_its_own_scope()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new Scoped();
        using var regularizer = new Regularizer().Add(model.Inner, OnGrid, 1);
        regularizer.BeginStep(3);
        var output = model.call(torch.randn(4, 5));
        var term = Assert.Single(regularizer.EndStep());
        (output.sum() + term.Term).backward();
        Assert.True(term.Value > 0);
        term.Term.Dispose();
    }

    [Fact]
    public void The_schedule_decides_and_weight_zero_gives_no_term()
    {
        using var layer = Linear(5, 8);
        using var regularizer = new Regularizer().Add(layer, OnGrid, WeightSchedule.After(2, 0.25));
        Assert.Equal([0, 0, 0.25], new long[] { 0, 1, 2 }.Select(Weight));

        double Weight(long step)
        {
            using var scope = torch.NewDisposeScope();
            regularizer.BeginStep(step);
            layer.call(torch.randn(4, 5));
            var terms = regularizer.EndStep();
            foreach (var term in terms) term.Term.Dispose();
            return terms.Sum(t => t.Weight);
        }
    }

    [Fact]
    public void Evaluation_and_runs_outside_a_step_are_ignored()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Linear(5, 8);
        using var regularizer = new Regularizer().Add(layer, OnGrid, 1);
        layer.call(torch.randn(4, 5));
        Assert.Empty(regularizer.EndStep());
        regularizer.BeginStep(0);
        layer.eval();
        layer.call(torch.randn(4, 5));
        layer.train();
        using (torch.no_grad()) layer.call(torch.randn(4, 5));
        Assert.Throws<InvalidOperationException>(regularizer.EndStep);
        layer.call(torch.randn(4, 5));
        Assert.Empty(regularizer.EndStep());
    }

    [Fact]
    public void A_layer_that_was_not_run_is_named()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Linear(5, 8);
        using var other = Linear(5, 8);
        using var regularizer = new Regularizer().Add(other, OnGrid, 1, "other").Add(layer, OnGrid, 1, "map");
        for (var round = 0; round < 2; round++)
        {
            // The second round has the same step number, as a second training has.
            regularizer.BeginStep(0);
            if (round == 0) layer.call(torch.randn(4, 5));
            other.call(torch.randn(4, 5));
            if (round == 0)
            {
                Assert.Equal(2, regularizer.EndStep().Count);
                continue;
            }

            var error = Assert.Throws<InvalidOperationException>(regularizer.EndStep);
            Assert.Contains("'map' (Linear) was not run in step 0", error.Message);
            Assert.Contains("layer.call(x)", error.Message);
        }
    }

    [Fact]
    public void A_layer_of_another_width_is_named()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Linear(5, 7);
        using var regularizer = new Regularizer().Add(layer, OnGrid, 1, "map");
        regularizer.BeginStep(0);
        var error = Assert.Throws<ArgumentException>(() => layer.call(torch.randn(4, 5)));
        Assert.Contains("'map' does not fit its layer", error.Message);
        Assert.Contains("[4, 7]", error.Message);
        Assert.Contains("8 nodes", error.Message);
    }

    [Fact]
    public void Names_are_unique_and_arguments_checked()
    {
        using var layer = Linear(5, 8);
        using var regularizer = new Regularizer().Add(layer, OnGrid, 1, "map");
        Assert.Throws<ArgumentException>("name", () => regularizer.Add(layer, OnGrid, 1, "map"));
        Assert.Throws<ArgumentNullException>(() => regularizer.Add(null!, OnGrid, 1));
        Assert.Throws<ArgumentNullException>(() => regularizer.Add(layer, null!, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => regularizer.Add(layer, OnGrid, -1));
        Assert.Equal(["map"], regularizer.Names);
    }

    [Fact]
    public void Dispose_takes_the_hooks_off()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Linear(5, 7);
        var regularizer = new Regularizer().Add(layer, OnGrid, 1);
        regularizer.BeginStep(0);
        Assert.Throws<ArgumentException>(() => layer.call(torch.randn(4, 5)));
        regularizer.Dispose();
        Assert.Equal([4, 7], layer.call(torch.randn(4, 5)).shape);
        Assert.Empty(regularizer.Names);
        regularizer.Dispose();
    }

    [Fact]
    public void Steps_leave_no_tensor_whether_ended_or_not()
    {
        using var layer = Linear(5, 8);
        using var regularizer = new Regularizer().Add(layer, OnGrid, 1).Add(layer, new SparsityPenalty(), 1);
        using var x = torch.randn(4, 5);
        Assert.Equal(0, Alone.Growth(1000, () =>
        {
            regularizer.BeginStep(0);
            layer.call(x).Dispose();
            using var scope = torch.NewDisposeScope();
            var terms = regularizer.EndStep();
            foreach (var term in terms) scope.Attach(term.Term);
            (terms[0].Term + terms[1].Term).backward();
        }));
        Assert.Equal(0, Alone.Growth(100, () =>
        {
            regularizer.BeginStep(0);
            layer.call(x).Dispose();
        }));
    }

    private sealed class Scoped : Module<torch.Tensor, torch.Tensor>
    {
        private readonly TorchSharp.Modules.Linear inner = Linear(5, 8);
        private readonly TorchSharp.Modules.Linear outer = Linear(8, 2);

        public Scoped()
            : base(nameof(Scoped)) => RegisterComponents();

        public TorchSharp.Modules.Linear Inner => inner;

        public override torch.Tensor forward(torch.Tensor input)
        {
            using var scope = torch.NewDisposeScope();
            return outer.call(inner.call(input)).MoveToOuterDisposeScope();
        }
    }
}
