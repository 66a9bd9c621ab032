using Gsr.Experiments.Capsules;
using Gsr.Penalties;
using Gsr.Tests.Penalties;
using Gsr.Tests.Training;
using Gsr.Training;
using TorchSharp;

namespace Gsr.Tests.Experiments.Capsules;

[Collection(Alone.Name)]
public sealed class CapsuleNetworkTests
{
    [Fact]
    public void Squash_keeps_the_direction_and_bounds_the_length()
    {
        using var scope = torch.NewDisposeScope();
        var s = torch.tensor(new[,] { { 3.0, 4 }, { 0, 0 }, { 0.003, 0.004 }, { -3e5, 4e5 } }).requires_grad_();
        var v = Squash.Of(s);
        // |s| = 5: 25/26 · s/5. Near 0 the length is |s|², and 0 stays 0 with a finite gradient.
        PenaltyCases.Near(
            [3 * 5 / 26.0, 4 * 5 / 26.0, 0, 0, 0.003 * 0.005, 0.004 * 0.005, -0.6, 0.8], PenaltyCases.ToArray(v), 1e-4);
        Squash.Length(v).sum().backward();
        Assert.All(PenaltyCases.ToArray(s.grad!), g => Assert.True(double.IsFinite(g)));
        Assert.Equal([4L], Squash.Length(v).shape);
        Assert.Equal(25 / 26.0, PenaltyCases.ToArray(Squash.Length(v))[0], 1e-6);
    }

    [Fact]
    public void The_margin_loss_is_what_one_computes_by_hand()
    {
        using var scope = torch.NewDisposeScope();
        var lengths = torch.tensor(new[,] { { 0.5, 0.3, 0.05 }, { 0.95, 0.1, 0.0 } }).requires_grad_();
        using var labels = torch.tensor([0L, 0L]);
        var loss = CapsuleNetwork.MarginLoss(lengths, labels);
        // (0.9 - 0.5)² + 0.5 (0.3 - 0.1)² = 0.18, and nothing for the second example.
        Assert.Equal(0.09, loss.ToDouble(), 1e-10);
        loss.backward();
        PenaltyCases.Near([-0.4, 0.1, 0, 0, 0, 0], PenaltyCases.ToArray(lengths.grad!), 1e-10);
        using var other = torch.tensor([1L, 2L]);
        // (0.9 - 0.3)² + 0.5 (0.5 - 0.1)² = 0.44; 0.9² + 0.5 (0.95 - 0.1)² = 1.17125.
        Assert.Equal((0.44 + 1.17125) / 2, CapsuleNetwork.MarginLoss(lengths, other).ToDouble(), 1e-10);
        Assert.Equal(0, Alone.Growth(100, () => CapsuleNetwork.MarginLoss(lengths, labels).Dispose()));
    }

    [Fact]
    public void The_published_network_has_the_published_number_of_weights()
    {
        // Sabour et al. 2017, section 7: 8.2 million, and 6.8 million without the decoder.
        using var model = new CapsuleNetwork(CapsuleNetworkOptions.Published);
        long Count(string prefix) => model.named_parameters()
            .Where(p => p.name.StartsWith(prefix, StringComparison.Ordinal)).Sum(p => p.parameter.numel());
        Assert.Equal(1152, model.Options.PrimaryCapsules);
        Assert.Equal((81 * 256) + 256, Count("convolution"));
        Assert.Equal((256 * 81 * 256) + 256, Count("primary"));
        Assert.Equal(1152 * 8 * 160, Count("digits"));
        Assert.Equal((160 * 512) + 512 + (512 * 1024) + 1024 + (1024 * 784) + 784, Count("decoder"));
        Assert.Equal(8_215_568, model.parameters().Sum(p => p.numel()));
    }

    [Fact]
    public void Images_become_capsules_scores_and_images_again()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new CapsuleNetwork(Tiny.Options);
        var (images, classes) = (torch.rand(6, 1, 12, 12), torch.tensor([0L, 1, 2, 0, 1, 2]));
        var capsules = model.Capsules(images);
        Assert.Equal([6, 3, 5], capsules.shape);
        Assert.All(PenaltyCases.ToArray(model.call(images)), length => Assert.InRange(length, 0, 1));
        PenaltyCases.Near(
            PenaltyCases.ToArray((capsules.square().sum(2) + 1e-8).sqrt()), PenaltyCases.ToArray(model.call(images)),
            1e-5);
        var decoded = model.Decode(capsules, classes);
        Assert.Equal([6, 144], decoded.shape);
        // The decoder does not see the capsules of other classes.
        var changed = capsules.clone();
        for (var i = 0; i < 6; i++) changed[i, (int)((i + 1) % 3)] = torch.randn(5);
        Assert.Equal(PenaltyCases.ToArray(decoded), PenaltyCases.ToArray(model.Decode(changed, classes)));
        Assert.NotEqual(PenaltyCases.ToArray(decoded), PenaltyCases.ToArray(model.Decode(capsules, classes.roll(1))));
    }

    [Fact]
    public void The_objective_is_the_margin_loss_and_the_weighted_error_of_the_masked_reconstruction()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new CapsuleNetwork(Tiny.Options);
        var (images, labels) = (torch.rand(4, 1, 12, 12), torch.tensor([0L, 1, 2, 1]));
        var terms = model.Objective([images, labels]);
        Assert.Equal(["margin", "reconstruction"], terms.Select(t => t.Name));
        Assert.Equal(CapsuleNetwork.MarginLoss(model.call(images), labels).ToDouble(), terms[0].Value.ToDouble(), 1e-6);
        var error = (model.Decode(model.Capsules(images), labels) - images.flatten(1)).square().sum().ToDouble() / 4;
        Assert.Equal(0.0005 * error, terms[1].Value.ToDouble(), 1e-6);
        Assert.Equal(error / 144, model.ReconstructionError(images, labels), 1e-5);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.5)]
    public void What_is_read_is_an_absent_capsule_at_the_length_of_the_own_one(double probability)
    {
        using var scope = torch.NewDisposeScope();
        using var model = new CapsuleNetwork(Tiny.Options with { ReadingProbability = probability });
        var (capsules, labels) = (torch.randn(300, 3, 5).requires_grad_(), torch.arange(300).remainder(3));
        var read = model.Read(capsules, labels);
        Assert.Equal(capsules.shape, read.shape);
        var counts = new int[3];
        for (var i = 0; i < 300; i++)
        {
            using var inner = torch.NewDisposeScope();
            var (own, label) = (PenaltyCases.ToArray(capsules[i, i % 3]), i % 3);
            double Length(double[] v) => Math.Sqrt(v.Sum(x => x * x));
            double[][] candidates = [.. Enumerable.Range(0, 3).Select(offset =>
            {
                var other = PenaltyCases.ToArray(capsules[i, (label + offset) % 3]);
                return other.Select(x => x * Length(own) / Length(other)).ToArray();
            })];
            var shown = PenaltyCases.ToArray(read[i, 0]);
            Assert.Equal(shown, PenaltyCases.ToArray(read[i, 2]));
            counts[Enumerable.Range(0, 3).MinBy(c => Length([.. candidates[c].Zip(shown, (a, b) => a - b)]))]++;
            Assert.Contains(candidates, c => Length([.. c.Zip(shown, (a, b) => a - b)]) < 1e-4);
        }

        // Both others alike.
        Assert.InRange(counts[0], 300 * (1 - probability) - 40, 300 * (1 - probability) + 40);
        Assert.InRange(counts[1] - counts[2], -60, 60);
    }

    [Fact]
    public void What_is_read_is_drawn_from_the_networks_own_random_state()
    {
        using var scope = torch.NewDisposeScope();
        using var first = new CapsuleNetwork(Tiny.Options with { ReadingProbability = 0.5 });
        using var second = new CapsuleNetwork(Tiny.Options with { ReadingProbability = 0.5 });
        var (capsules, labels) = (torch.randn(50, 3, 5), torch.arange(50).remainder(3));
        double[] once = [.. PenaltyCases.ToArray(first.Read(capsules, labels))];
        torch.manual_seed(99);
        Assert.Equal(once, PenaltyCases.ToArray(second.Read(capsules, labels)));
        Assert.NotEqual(once, PenaltyCases.ToArray(second.Read(capsules, labels)));
    }

    [Fact]
    public void The_length_of_a_capsule_that_is_read_is_left_to_the_margin_loss()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new CapsuleNetwork(Tiny.Options with { ReadingProbability = 1 });
        var (capsules, labels) = (torch.randn(4, 3, 5).requires_grad_(), torch.tensor([0L, 1, 2, 1]));
        model.Read(capsules, labels).select(1, 0).mul(torch.randn(4, 5)).sum().backward();
        // Across every capsule, and nothing at all in the own one.
        Assert.All(PenaltyCases.ToArray((capsules * capsules.grad!).sum(2)), radial => Assert.Equal(0, radial, 1e-5));
        var own = torch.nn.functional.one_hot(labels, 3).to(torch.float32).unsqueeze(-1);
        Assert.All(PenaltyCases.ToArray(capsules.grad! * own), g => Assert.Equal(0, g));
        Assert.Contains(PenaltyCases.ToArray(capsules.grad!), g => Math.Abs(g) > 1e-3);
    }

    [Fact]
    public void Geometry_of_aligned_opposite_and_missing_capsules()
    {
        using var scope = torch.NewDisposeScope();
        // Two classes of two dimensions: lengths 5 and 0.5, in the same direction, then at a right angle, then missing.
        var capsules = torch.tensor(new[, ,]
            { { { 3.0, 4 }, { 0.3, 0.4 } }, { { 0.4, -0.3 }, { 3, 4 } }, { { 3, 4 }, { 0, 0 } } });
        var geometry = CapsuleGeometry.Of(capsules, torch.tensor([0L, 1, 0]));
        Assert.Equal(5, geometry.OwnLength, 1e-4);
        Assert.Equal(1 / 3.0, geometry.OtherLength, 1e-4);
        Assert.Equal(1 / 3.0, geometry.Cosine, 1e-4);
        using var opposite = torch.tensor(new[, ,] { { { 1.0, 2 }, { -2, -4 } } });
        using var second = torch.tensor([1L]);
        Assert.Equal(-1, CapsuleGeometry.Of(opposite, second).Cosine, 1e-6);
        Assert.Equal(0, Alone.Growth(5, () => CapsuleGeometry.Of(opposite, second)));
    }

    [Fact]
    public void Training_with_the_penalty_lowers_the_loss_and_ties_the_capsules()
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(3);
        var labels = torch.arange(60).remainder(3);
        var images = torch.nn.functional.one_hot(labels, 3).to(torch.float32).reshape(60, 1, 3, 1)
            .repeat(1, 1, 4, 12) + (0.1f * torch.randn(60, 1, 12, 12));
        (double Loss, double Smoothness) Train(double alpha)
        {
            using var model = new CapsuleNetwork(Tiny.Options);
            var laplacian = CapsuleNetwork.SharedDimensions(3, 5).Laplacian();
            using var regularizer = new Regularizer().Add(model.CapsuleLayer, new GraphPenalty(laplacian), alpha);
            var history = new Trainer(model, model.Objective, regularizer).Train([images, labels], new TrainingOptions
            {
                Steps = 60,
                BatchSize = 20,
                LearningRate = 4e-3,
                Threads = 1,
            });
            Assert.True(history.Term("margin")[^1] < history.Term("margin")[0] / 3);
            using var noGradient = torch.no_grad();
            using var capsules = model.Capsules(images);
            var (term, form) = new GraphPenalty(laplacian).Evaluate(capsules);
            term.Dispose();
            return (history.Term("margin")[^1], form / capsules.square().sum().ToDouble() * 60);
        }

        Assert.True(Train(0.05).Smoothness < Train(0).Smoothness);
    }

    [Fact]
    public void A_training_step_leaves_no_tensor()
    {
        using var model = new CapsuleNetwork(Tiny.Options with { ReadingProbability = 0.5 });
        using var images = torch.rand(8, 1, 12, 12);
        using var labels = torch.arange(8).remainder_(3);
        using var regularizer = new Regularizer()
            .Add(model.CapsuleLayer, new GraphPenalty(CapsuleNetwork.SharedDimensions(3, 5).Laplacian()), 0.01);
        var trainer = new Trainer(model, model.Objective, regularizer);
        long early = 0;
        trainer.Train([images, labels], new TrainingOptions
        {
            Steps = 60,
            Threads = 1,
            AfterStep = step =>
            {
                if (step == 10) early = Alone.LiveTensors();
                if (step == 60) Assert.Equal(early, torch.Tensor.TotalCount);
                return true;
            },
        });
    }

    [Fact]
    public void The_graph_ties_each_dimension_of_all_capsules_and_nothing_else()
    {
        var graph = CapsuleNetwork.SharedDimensions(10, 16);
        Assert.Equal((160, 16 * 45), (graph.NodeCount, graph.Edges.Count));
        Assert.All(graph.Edges, e => Assert.Equal((e.Source % 16, 1.0), (e.Target % 16, e.Weight)));
        var z = PenaltyCases.Values(160, 5);
        var expected = Enumerable.Range(0, 16).Sum(d => Enumerable.Range(0, 10).Sum(i => Enumerable.Range(0, i)
            .Sum(j => Math.Pow(z[(i * 16) + d] - z[(j * 16) + d], 2))));
        Assert.Equal(expected, graph.Laplacian().QuadraticForm(z), 1e-9);
    }
}
