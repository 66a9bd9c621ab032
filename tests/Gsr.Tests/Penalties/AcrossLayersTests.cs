using Gsr.Graphs;
using Gsr.Models;
using Gsr.Penalties;
using Gsr.Tests.Graphs;
using Gsr.Training;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Tests.Penalties;

[Collection(Alone.Name)]
public sealed class AcrossLayersTests
{
    /// <summary>Edges within and between three layers of 4, 2 and 3 neurons.</summary>
    private static readonly FeatureGraph Mixed = FeatureGraph.FromEdges(
        9, [new(0, 1), new(3, 4, 2), new(4, 8, 0.5), new(5, 6), new(2, 7, 3), new(0, 8)]);

    public static TheoryData<PenaltyForm, LaplacianKind> Kinds =>
        [.. PenaltyCases.Forms.SelectMany(form => PenaltyCases.Kinds.Select(kind => (form, kind)))];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_is_the_penalty_of_the_outputs_joined_by_hand_with_the_same_gradients(
        PenaltyForm form, LaplacianKind kind)
    {
        var penalty = new GraphPenalty(Mixed.Laplacian(kind), form);
        for (var seed = 0; seed < 20; seed++)
        {
            using var scope = torch.NewDisposeScope();
            torch.manual_seed(seed);
            using var first = Linear(5, 4);
            using var second = Linear(4, 2);
            using var third = Linear(2, 3);
            using var model = Sequential(("1", first), ("2", second), ("3", third));
            // Named in another order than they run: the nodes follow the names.
            Module<torch.Tensor, torch.Tensor>[] layers = seed % 2 == 0 ? [first, second, third]
                : [third, second, first];
            var graph = seed % 2 == 0 ? penalty
                : new GraphPenalty(Mixed.Permuted([5, 6, 7, 8, 3, 4, 0, 1, 2]).Laplacian(kind), form);
            using var regularizer = new Regularizer().AddAcross(layers, graph, 0.3, "modules");
            var x = torch.randn(6, 5);
            regularizer.BeginStep(0);
            model.call(x);
            var term = Assert.Single(regularizer.EndStep());
            term.Term.backward();
            var gradients = Gradients(model);

            model.zero_grad();
            var (a, b) = (first.call(x), second.call(first.call(x)));
            var (byHand, value) = penalty.Evaluate(torch.cat([a, b, third.call(b)], 1), 0.3);
            byHand.backward();
            Assert.Equal("modules", term.Name);
            Assert.Equal(0.3, term.Weight);
            Assert.Equal(value, term.Value, 1e-5 * (1 + value));
            PenaltyCases.Near(Gradients(model), gradients, 1e-5);
            term.Term.Dispose();
        }
    }

    [Fact]
    public void The_gradient_is_that_of_central_differences()
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(1);
        using var first = Linear(5, 4, dtype: torch.float64);
        using var second = Linear(4, 5, dtype: torch.float64);
        using var model = Sequential(("1", first), ("act", Tanh()), ("2", second));
        using var regularizer = new Regularizer().AddAcross([first, second], new GraphPenalty(Mixed.Laplacian()), 0.7);
        var x = torch.randn(3, 5, dtype: torch.float64);
        Value(gradient: true);
        var weight = first.weight!;
        var gradient = PenaltyCases.ToArray(weight.grad!);
        for (var i = 0; i < gradient.Length; i++)
        {
            var (row, column) = (i / 5, i % 5);
            var slope = (At(1e-5) - At(-1e-5)) / 2e-5;
            Assert.Equal(slope, gradient[i], 1e-6 * (1 + Math.Abs(slope)));

            double At(double by)
            {
                using (torch.no_grad()) weight[row, column].add_(by);
                var value = Value(gradient: false);
                using (torch.no_grad()) weight[row, column].add_(-by);
                return 0.7 * value;
            }
        }

        double Value(bool gradient)
        {
            regularizer.BeginStep(0);
            model.call(x);
            var term = Assert.Single(regularizer.EndStep());
            if (gradient) term.Term.backward();
            term.Term.Dispose();
            return term.Value;
        }
    }

    [Fact]
    public void Outputs_count_as_they_left_their_layers_whatever_the_model_does_with_them_later()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new InPlaceAndScoped();
        using var regularizer = new Regularizer()
            .AddAcross([model.First, model.Second], new GraphPenalty(Mixed.Laplacian()), 1);
        var x = torch.randn(6, 5);
        regularizer.BeginStep(0);
        (model.call(x).sum()).backward();
        var term = Assert.Single(regularizer.EndStep());
        var raw = model.First.call(x);
        var expected = new GraphPenalty(Mixed.Laplacian()).Evaluate(torch.cat([raw, model.Second.call(raw.relu())], 1))
            .Value;
        Near.Equal(expected, term.Value, 1e-6);
        term.Term.Dispose();
    }

    [Fact]
    public void Without_edges_between_layers_it_is_the_sum_of_the_layers_penalties()
    {
        using var model = new DenseClassifier(new DenseClassifierOptions { Inputs = 5, Hidden = [8, 8], Classes = 3 });
        var one = new GraphPenalty(FeatureGraph.Complete(4).Copies(2).Laplacian());
        var both = new GraphPenalty(FeatureGraph.Complete(4).Copies(4).Laplacian());
        using var regularizer = new Regularizer().AddAcross(model.HiddenLayers, both, 1, "across")
            .Add(model.HiddenLayers[0], one, 1, "first").Add(model.HiddenLayers[1], one, 1, "second");
        using var scope = torch.NewDisposeScope();
        regularizer.BeginStep(0);
        model.call(torch.randn(7, 5));
        var terms = regularizer.EndStep().ToDictionary(t => t.Name);
        Near.Equal(terms["first"].Value + terms["second"].Value, terms["across"].Value, 1e-6);
        foreach (var term in terms.Values) term.Term.Dispose();
    }

    [Fact]
    public void Two_passes_give_two_terms_and_an_unfinished_one_is_named()
    {
        using var scope = torch.NewDisposeScope();
        using var first = Linear(5, 4);
        using var second = Linear(4, 5);
        using var regularizer = new Regularizer()
            .AddAcross([first, second], new GraphPenalty(Mixed.Laplacian()), 1, "modules");
        var x = torch.randn(6, 5);
        regularizer.BeginStep(0);
        for (var pass = 0; pass < 2; pass++) second.call(first.call(x));
        var terms = regularizer.EndStep();
        Assert.Equal(2, terms.Count);
        Assert.Equal(terms[0].Value, terms[1].Value, 1e-6);
        foreach (var term in terms) term.Term.Dispose();

        regularizer.BeginStep(1);
        second.call(first.call(x));
        first.call(x);
        var unfinished = Assert.Throws<InvalidOperationException>(regularizer.EndStep);
        Assert.Contains(
            "Layer 2 of 'modules' (Linear), in pass 2 through its layers, was not run in step 1", unfinished.Message);

        regularizer.BeginStep(2);
        first.call(x);
        var twice = Assert.Throws<InvalidOperationException>(() => first.call(x));
        Assert.Contains(
            "Layer 1 of 'modules' (Linear) was run twice in step 2, before Layer 2 of 'modules' (Linear)",
            twice.Message);

        regularizer.BeginStep(3);
        first.call(x);
        Assert.Contains(
            "Layer 2 of 'modules' (Linear) was not run in step 3",
            Assert.Throws<InvalidOperationException>(regularizer.EndStep).Message);
    }

    [Fact]
    public void Outputs_that_do_not_belong_together_are_named()
    {
        using var scope = torch.NewDisposeScope();
        using var first = Linear(5, 4);
        using var second = Linear(4, 5);
        using var wide = Linear(4, 6);
        using var fine = Linear(4, 5, dtype: torch.float64);
        var penalty = new GraphPenalty(Mixed.Laplacian());
        var x = torch.randn(6, 5);

        Assert.Contains(
            "'penalty' does not fit its layers: layer 1 gave 6 examples of Float32 on cpu and layer 2 3 examples",
            Message(second, () => second.call(first.call(x)[..3])));
        Assert.Contains("does not fit its layers of 4 + 6 neurons", Message(wide, () => wide.call(first.call(x))));
        Assert.Contains("9 nodes", Message(wide, () => wide.call(first.call(x))));
        Assert.Contains("Float64", Message(fine, () => fine.call(first.call(x).to(torch.float64))));
        Assert.Contains(
            "layer 2 (Linear) has shape [5]; across layers it needs [batch, …]",
            Message(second, () => second.call(first.call(x)[0])));

        string Message(Module<torch.Tensor, torch.Tensor> other, Func<torch.Tensor> run)
        {
            using var regularizer = new Regularizer().AddAcross([first, other], penalty, 1);
            regularizer.BeginStep(0);
            return Assert.Throws<ArgumentException>(run).Message;
        }
    }

    [Fact]
    public void Arguments_are_checked()
    {
        using var layer = Linear(5, 4);
        using var regularizer = new Regularizer();
        var penalty = new GraphPenalty(Mixed.Laplacian());
        Assert.Throws<ArgumentNullException>(() => regularizer.AddAcross(null!, penalty, 1));
        Assert.Throws<ArgumentException>("layers", () => regularizer.AddAcross([], penalty, 1));
        Assert.Throws<ArgumentNullException>(() => regularizer.AddAcross([layer, null!], penalty, 1));
        Assert.Throws<ArgumentException>("layers", () => regularizer.AddAcross([layer, layer], penalty, 1));
        Assert.Throws<ArgumentNullException>(() => regularizer.AddAcross([layer], null!, 1));
        Assert.Empty(regularizer.Names);
        // None of the calls left a hook behind.
        regularizer.BeginStep(0);
        using var scope = torch.NewDisposeScope();
        layer.call(torch.randn(2, 5));
        Assert.Empty(regularizer.EndStep());
    }

    [Fact]
    public void Weight_zero_gives_no_term_and_disposal_takes_the_hooks_off()
    {
        using var scope = torch.NewDisposeScope();
        using var first = Linear(5, 4);
        using var second = Linear(4, 7);
        var regularizer = new Regularizer()
            .AddAcross([first, second], new GraphPenalty(Mixed.Laplacian()), WeightSchedule.After(1, 1));
        var x = torch.randn(6, 5);
        regularizer.BeginStep(0);
        second.call(first.call(x));
        Assert.Empty(regularizer.EndStep());
        regularizer.BeginStep(1);
        Assert.Throws<ArgumentException>(() => second.call(first.call(x)));
        regularizer.Dispose();
        Assert.Equal([6, 7], second.call(first.call(x)).shape);
    }

    [Fact]
    public void Steps_leave_no_tensor_whether_ended_failed_or_broken_off()
    {
        using var model = new DenseClassifier(new DenseClassifierOptions { Inputs = 5, Hidden = [4, 5], Classes = 3 });
        using var regularizer = new Regularizer().AddAcross(model.HiddenLayers, new GraphPenalty(Mixed.Laplacian()), 1);
        using var x = torch.randn(6, 5);
        Assert.Equal(0, Alone.Growth(1000, () =>
        {
            using var scope = torch.NewDisposeScope();
            regularizer.BeginStep(0);
            model.call(x);
            var term = Assert.Single(regularizer.EndStep());
            term.Term.backward();
            term.Term.Dispose();
        }));
        Action[] ends = [
            () => Assert.Throws<InvalidOperationException>(regularizer.EndStep), regularizer.AbandonStep, () =>
                regularizer.BeginStep(1)];
        foreach (var end in ends)
        {
            Assert.Equal(0, Alone.Growth(100, () =>
            {
                regularizer.BeginStep(0);
                model.HiddenLayers[0].call(x).Dispose();
                end();
            }));
        }

        regularizer.AbandonStep();
        using var wide = Linear(4, 6);
        using var broken = new Regularizer()
            .AddAcross([model.HiddenLayers[0], wide], new GraphPenalty(Mixed.Laplacian()), 1);
        Assert.Equal(0, Alone.Growth(100, () =>
        {
            using var scope = torch.NewDisposeScope();
            broken.BeginStep(0);
            var first = model.HiddenLayers[0].call(x);
            Assert.Throws<ArgumentException>(() => wide.call(first));
        }));
    }

    [Fact]
    public void A_training_binds_neurons_of_different_layers()
    {
        using var x = torch.randn(64, 5, generator: new torch.Generator(1));
        using var y = torch.zeros(64, torch.int64);
        double before = 0, after = 0;
        using var model = new DenseClassifier(
            new DenseClassifierOptions { Inputs = 5, Hidden = [4, 5], Classes = 3, Seed = 2 });
        var penalty = new GraphPenalty(Mixed.Laplacian(), PenaltyForm.RayleighQuotient);
        using (var hidden = model.Hidden(x)) before = penalty.Evaluate(hidden).Value;
        using (var regularizer = new Regularizer().AddAcross(model.HiddenLayers, penalty, 1))
            new Trainer(model, model.Objective, regularizer)
                .Fit([x, y], new TrainingOptions { Steps = 200, LearningRate = 1e-2 },
                TestContext.Current.CancellationToken);
        using (var hidden = model.Hidden(x)) after = penalty.Evaluate(hidden).Value;
        Assert.InRange(after, 0, before / 3);
    }

    private static double[] Gradients(Module model) =>
        [.. model.parameters().Where(p => p.grad is not null).SelectMany(p => PenaltyCases.ToArray(p.grad!))];

    /// <summary>
    /// Frees the first layer's output before the second has run, after an in-place function has changed it.
    /// </summary>
    private sealed class InPlaceAndScoped : Module<torch.Tensor, torch.Tensor>
    {
        private readonly TorchSharp.Modules.Linear first = Linear(5, 4);
        private readonly TorchSharp.Modules.Linear second = Linear(4, 5);

        public InPlaceAndScoped()
            : base(nameof(InPlaceAndScoped)) => RegisterComponents();

        public TorchSharp.Modules.Linear First => first;

        public TorchSharp.Modules.Linear Second => second;

        public override torch.Tensor forward(torch.Tensor input)
        {
            using var scope = torch.NewDisposeScope();
            torch.Tensor inner;
            using (torch.NewDisposeScope()) inner = first.call(input).relu_().clone().MoveToOuterDisposeScope();
            return second.call(inner).MoveToOuterDisposeScope();
        }
    }
}
