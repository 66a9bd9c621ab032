using Gsr.Tests.Penalties;
using Gsr.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace Gsr.Tests.Training;

[Collection(Alone.Name)]
public sealed class FlatAdamTests
{
    [Theory]
    [InlineData(false, 0, 1)]
    [InlineData(false, 0.01, 1)]
    [InlineData(true, 0, 1)]
    [InlineData(true, 0.01, 1)]
    [InlineData(false, 0, 2)]
    public void Equals_libtorchs_adam_over_a_thousand_steps(bool inDouble, double weightDecay, int threads) =>
        Alone.WithThreads(threads, () =>
    {
        using var scope = torch.NewDisposeScope();
        var type = inDouble ? torch.float64 : torch.float32;
        // Odd sizes, a scalar-like one, and on two threads more than what is shared between them.
        long[][] shapes = threads == 1 ? [[3, 5], [7], [1], [17, 1, 3], [131]] : [[513, 515], [7]];
        var steps = threads == 1 ? 1000 : 20;
        var ours = shapes.Select((s, i) => new Parameter(Random(s, i, type))).ToArray();
        var theirs = shapes.Select((s, i) => new Parameter(Random(s, i, type))).ToArray();
        using var flat = new FlatAdam(ours, learningRate: 2e-3, weightDecay: weightDecay);
        using var adam = torch.optim.Adam(theirs, lr: 2e-3, weight_decay: weightDecay);
        for (var step = 0; step < steps; step++)
        {
            using var inner = torch.NewDisposeScope();
            var noise = shapes.Select((s, i) => Random(s, 1000 + (step * 10) + i, type)).ToArray();
            Loss(ours, noise).backward();
            Loss(theirs, noise).backward();
            flat.Step();
            adam.step();
            adam.zero_grad();
        }

        for (var i = 0; i < ours.Length; i++)
        {
            var scale = theirs[i].abs().max().ToDouble();
            Assert.InRange((ours[i] - theirs[i]).abs().max().ToDouble() / scale, 0, inDouble ? 1e-12 : 1e-6);
        }

        return 0;
    });

    [Fact]
    public void Parameters_keep_identity_shape_and_values()
    {
        using var model = Sequential(("a", Linear(5, 3)), ("b", Linear(3, 7, hasBias: false)));
        var before = model.named_parameters()
            .Select(p => (p.name, p.parameter, Values: PenaltyCases.ToArray(p.parameter))).ToArray();
        using var adam = new FlatAdam(model.parameters());
        foreach (var ((name, parameter, values), (nowName, now)) in before.Zip(model.named_parameters()))
        {
            Assert.Equal(name, nowName);
            Assert.Same(parameter, now);
            Assert.Equal(values, PenaltyCases.ToArray(now));
            Assert.True(now.requires_grad);
        }
    }

    [Fact]
    public void After_it_the_model_works_trains_and_saves()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Linear(5, 3);
        var x = torch.randn(4, 5);
        using (var adam = new FlatAdam(model.parameters()))
        {
            model.call(x).sum().backward();
            adam.Step();
        }

        var output = PenaltyCases.ToArray(model.call(x));
        var file = Path.GetTempFileName();
        try
        {
            model.save(file);
            using var copy = Linear(5, 3);
            copy.load(file);
            Assert.Equal(output, PenaltyCases.ToArray(copy.call(x)));
        }
        finally
        {
            File.Delete(file);
        }

        using var second = new FlatAdam(model.parameters(), learningRate: 0.1);
        model.call(x).sum().backward();
        second.Step();
        Assert.NotEqual(output, PenaltyCases.ToArray(model.call(x)));
    }

    [Fact]
    public void A_step_clears_the_gradients_and_zero_grad_beside_it_does_no_harm()
    {
        using var scope = torch.NewDisposeScope();
        using var ours = Linear(5, 3);
        using var theirs = Linear(5, 3);
        theirs.load_state_dict(ours.state_dict());
        using var flat = new FlatAdam(ours.parameters(), learningRate: 0.1);
        using var adam = torch.optim.Adam(theirs.parameters(), lr: 0.1);
        var x = torch.randn(4, 5);
        for (var i = 0; i < 5; i++)
        {
            ours.zero_grad();
            adam.zero_grad();
            (ours.call(x) * ours.call(x)).sum().backward();
            (theirs.call(x) * theirs.call(x)).sum().backward();
            flat.Step();
            adam.step();
            Assert.All(ours.parameters(), p => Assert.Equal(0, p.grad!.abs().max().ToDouble()));
        }

        PenaltyCases.Near(PenaltyCases.ToArray(theirs.weight!), PenaltyCases.ToArray(ours.weight!), 1e-5);
    }

    [Fact]
    public void Frozen_parameters_stay_as_they_are()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Linear(5, 3);
        model.bias!.requires_grad_(false);
        var bias = PenaltyCases.ToArray(model.bias!);
        using var adam = new FlatAdam(model.parameters());
        model.call(torch.randn(4, 5)).sum().backward();
        adam.Step();
        Assert.Equal(bias, PenaltyCases.ToArray(model.bias!));
    }

    [Fact]
    public void Mixed_types_and_nothing_to_train_are_refused()
    {
        using var scope = torch.NewDisposeScope();
        var mixed = new[] { new Parameter(torch.zeros(3)), new Parameter(torch.zeros(3, dtype: torch.float64)) };
        Assert.Throws<ArgumentException>("parameters", () => new FlatAdam(mixed));
        var half = new[] { new Parameter(torch.zeros(3, dtype: torch.float16)) };
        Assert.Throws<ArgumentException>("parameters", () => new FlatAdam(half));
        Assert.False(FlatAdam.Supports(half[0]));
        Assert.Throws<ArgumentException>("parameters", () => new FlatAdam([]));
        Assert.Throws<ArgumentOutOfRangeException>(
            "learningRate", () => new FlatAdam([new Parameter(torch.zeros(3))], double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(
            "weightDecay", () => new FlatAdam([new Parameter(torch.zeros(3))], weightDecay: -1));
    }

    [Fact]
    public void Steps_leave_no_tensor() => Alone.WithThreads(1, () =>
    {
        using var model = Linear(50, 30);
        using var adam = new FlatAdam(model.parameters());
        using var x = torch.randn(4, 50);
        Assert.Equal(0, Alone.Growth(1000, () =>
        {
            using var scope = torch.NewDisposeScope();
            model.call(x).sum().backward();
            adam.Step();
        }));
        return 0;
    });

    private static torch.Tensor Random(long[] shape, int seed, torch.ScalarType type)
    {
        var random = new Random(seed);
        var values = Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b))
            .Select(_ => (2 * random.NextDouble()) - 1).ToArray();
        return PenaltyCases.Tensor(values, type, shape);
    }

    /// <summary>A different quadratic at each step, so that moments never settle.</summary>
    private static torch.Tensor Loss(Parameter[] parameters, torch.Tensor[] noise) =>
        parameters.Zip(noise, (p, n) => ((p - n) * (p - n) * 3).sum()).Aggregate((a, b) => a + b);
}
