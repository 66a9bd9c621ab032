using Gsr.Graphs;
using Gsr.Models;
using Gsr.Penalties;
using Gsr.Tests.Penalties;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Tests.Models;

[Collection(Alone.Name)]
public sealed class ModelTests
{
    [Fact]
    public void An_autoencoder_has_the_papers_parameters_mirrored()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new Autoencoder(new AutoencoderOptions { Inputs = 15, Hidden = [50, 50], Code = 6 });
        int[] widths = [15, 50, 50, 6, 50, 50, 15];
        Assert.Equal(widths.Zip(widths.Skip(1), (i, o) => (i * o) + o).Sum(), model.parameters().Sum(p => p.numel()));
        Assert.Equal(3, model.EncoderLayers.Count);
        Assert.Equal(3, model.DecoderLayers.Count);
        Assert.Same(model.EncoderLayers[2], model.CodeLayer);
        var x = torch.randn(4, 15);
        Assert.Equal([4, 6], model.Encode(x).shape);
        Assert.Equal([4, 15], model.Decode(model.Encode(x)).shape);
        Assert.Equal([4, 15], model.call(x).shape);
        Assert.Equal([4, 50], model.EncoderLayers[0].call(x).shape);
    }

    [Fact]
    public void Without_hidden_layers_it_is_linear()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new Autoencoder(new AutoencoderOptions { Inputs = 5, Hidden = [], Code = 2 });
        Assert.Equal((5 * 2) + 2 + (2 * 5) + 5, model.parameters().Sum(p => p.numel()));
        var (x, y) = (torch.randn(1, 5), torch.randn(1, 5));
        var middle = model.call((x + y) / 2);
        Assert.True(torch.allclose(middle, (model.call(x) + model.call(y)) / 2, atol: 1e-6));
    }

    [Theory]
    [InlineData(Activation.None, double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(Activation.ReLU, 0, double.PositiveInfinity)]
    [InlineData(Activation.LeakyReLU, double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(Activation.Tanh, -1, 1)]
    [InlineData(Activation.Sigmoid, 0, 1)]
    public void Activations_bound_code_and_output(Activation activation, double least, double most)
    {
        using var scope = torch.NewDisposeScope();
        using var model = new Autoencoder(
            new AutoencoderOptions
            {
                Inputs = 5,
                Hidden = [9],
                Code = 7,
                CodeActivation = activation,
                OutputActivation = activation
            });
        var x = torch.randn(200, 5) * 5;
        Assert.All(PenaltyCases.ToArray(model.Encode(x)), v => Assert.InRange(v, least, most));
        Assert.All(PenaltyCases.ToArray(model.call(x)), v => Assert.InRange(v, least, most));
    }

    [Fact]
    public void Leaky_relu_has_the_papers_slope()
    {
        using var scope = torch.NewDisposeScope();
        using var activation = Layers.ModuleOf(Activation.LeakyReLU)!;
        PenaltyCases.Near([-0.4, 0, 3], PenaltyCases.ToArray(activation.call(torch.tensor(new[] { -2f, 0, 3 }))), 1e-6);
    }

    [Fact]
    public void The_seed_decides_the_weights()
    {
        var options = new AutoencoderOptions { Inputs = 5, Code = 2, Seed = 1 };
        Assert.Equal(Weights(() => new Autoencoder(options)), Weights(() => new Autoencoder(options)));
        Assert.NotEqual(
            Weights(() => new Autoencoder(options)), Weights(() => new Autoencoder(options with { Seed = 2 })));
        Assert.Equal(Weights(() => new BetaVae(options, 1)), Weights(() => new BetaVae(options, 1)));
        Assert.Equal(Weights(() => new GridClassifier(new())), Weights(() => new GridClassifier(new())));
        Assert.NotEqual(
            Weights(() => new GridClassifier(new())), Weights(() => new GridClassifier(new() { Seed = 1 })));
    }

    [Fact]
    public void Noise_is_added_to_the_code_only_while_training()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new Autoencoder(
            new AutoencoderOptions { Inputs = 5, Code = 2, CodeNoise = 0.5, CodeBias = 0.25 });
        var x = torch.randn(3, 5);
        Assert.NotEqual(PenaltyCases.ToArray(model.call(x)), PenaltyCases.ToArray(model.call(x)));
        Assert.Equal(PenaltyCases.ToArray(model.Encode(x)), PenaltyCases.ToArray(model.Encode(x)));
        model.eval();
        Assert.Equal(PenaltyCases.ToArray(model.call(x)), PenaltyCases.ToArray(model.call(x)));
        Assert.All(
            PenaltyCases.ToArray(model.CodeLayer.named_parameters().Single(p => p.name.EndsWith("bias")).parameter),
            b => Assert.Equal(0.25, b));
    }

    [Fact]
    public void A_classifier_has_the_papers_parameters()
    {
        // conv 5x5x32, conv 5x5x64, pooled twice from 28 to 7, dense 64, dense 10.
        const long Features = (25 * 32) + 32 + (25 * 32 * 64) + 64 + (64 * 7 * 7 * 64) + 64;
        using var plain = new GridClassifier(new());
        Assert.Equal(Features + (64 * 10) + 10, plain.parameters().Sum(p => p.numel()));
        // conv 3x3x16, pool, conv 3x3x16, pool, conv 3x3x16: 8x8 to 2x2.
        using var convolved = new GridClassifier(new() { ConvolutionAfterGrid = true });
        Assert.Equal(
            Features + (9 * 16) + 16 + (2 * ((9 * 16 * 16) + 16)) + (16 * 2 * 2 * 10) + 10, convolved.parameters()
                .Sum(p => p.numel()));
    }

    [Theory]
    [InlineData(false, 8, 28)]
    [InlineData(true, 8, 28)]
    [InlineData(true, 5, 16)]
    public void A_classifier_gives_grids_and_scores(bool convolution, int grid, int image)
    {
        using var scope = torch.NewDisposeScope();
        using var model = new GridClassifier(
            new() { ConvolutionAfterGrid = convolution, GridSize = grid, ImageSize = image, Classes = 7 });
        model.eval();
        var x = torch.rand(3, 1, image, image);
        var activations = model.Grid(x);
        Assert.Equal([3, grid * grid], activations.shape);
        Assert.Equal([3, 7], model.call(x).shape);
        Assert.Equal(PenaltyCases.ToArray(model.call(x)), PenaltyCases.ToArray(model.Scores(activations)));
        var loss = Assert.Single(model.Objective([x, torch.tensor(new long[] { 0, 6, 3 })]));
        Assert.Equal("cross-entropy", loss.Name);
        var scores = PenaltyCases.ToArray(model.call(x));
        var byHand = new[] { 0, 6, 3 }.Select((label, row) =>
            Math.Log(Enumerable.Range(0, 7).Sum(c => Math.Exp(scores[(row * 7) + c]))) - scores[(row * 7) + label])
                .Average();
        Assert.Equal(byHand, loss.Value.ToDouble(), 1e-5);
    }

    [Fact]
    public void He_initialisation_has_its_variance_and_zero_biases()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new GridClassifier(new() { ConvolutionAfterGrid = true });
        foreach (var (name, parameter) in model.named_parameters())
        {
            if (parameter.dim() == 1)
            {
                Assert.All(PenaltyCases.ToArray(parameter), b => Assert.Equal(0, b));
                continue;
            }

            // The sample variance of n normal values has relative sd √(2/n); 5 of them.
            double count = parameter.numel(), fanIn = count / parameter.shape[0];
            var variance = PenaltyCases.ToArray(parameter).Sum(v => v * v) / count;
            Assert.True(Math.Abs((variance * fanIn / 2) - 1) < 5 * Math.Sqrt(2 / count), $"{name}: {variance * fanIn}");
        }
    }

    [Fact]
    public void Dropout_follows_the_grid_only_while_training()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new GridClassifier(new() { Dropout = 0.5 });
        var x = torch.rand(2, 1, 28, 28);
        Assert.Equal(PenaltyCases.ToArray(model.Grid(x)), PenaltyCases.ToArray(model.Grid(x)));
        Assert.NotEqual(PenaltyCases.ToArray(model.call(x)), PenaltyCases.ToArray(model.call(x)));
        model.eval();
        Assert.Equal(PenaltyCases.ToArray(model.call(x)), PenaltyCases.ToArray(model.call(x)));
    }

    [Fact]
    public void Dropout_keeps_the_mean_and_is_each_models_own()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new GridClassifier(new() { Dropout = 0.25 });
        using var same = new GridClassifier(new() { Dropout = 0.25 });
        var ones = torch.ones(200, 64);
        var scores = PenaltyCases.ToArray(model.Scores(ones));
        torch.rand(7).Dispose();
        Assert.Equal(scores, PenaltyCases.ToArray(same.Scores(ones)));
        var weights = model.named_parameters().Single(p => p.name == "head.dense.weight").parameter;
        var column = PenaltyCases.ToArray(weights[0]);
        // 200 sums of 64 weights, each kept with probability 3/4 and then 4/3 times as large: sd of each √(Σw²/3).
        var off = Enumerable.Range(0, 200).Average(i => scores[i * 10]) - column.Sum();
        Assert.True(Math.Abs(off) < 5 * Math.Sqrt(column.Sum(w => w * w) / 3 / 200), $"off by {off}");
    }

    [Fact]
    public void The_grids_activation_comes_before_the_penalty()
    {
        using var scope = torch.NewDisposeScope();
        using var linear = new GridClassifier(new() { ImageSize = 8, GridSize = 4 });
        using var logistic = new GridClassifier(
            new() { ImageSize = 8, GridSize = 4, GridActivation = Activation.Sigmoid });
        var x = torch.rand(5, 1, 8, 8);
        var sums = PenaltyCases.ToArray(linear.Grid(x));
        var grid = PenaltyCases.ToArray(logistic.Grid(x));
        PenaltyCases.Near([.. sums.Select(s => 1 / (1 + Math.Exp(-s)))], grid, 1e-6);

        using var regularizer = new Regularizer()
            .Add(logistic.GridLayer, new GraphPenalty(FeatureGraph.Grid(4, 4).Laplacian()), 1);
        regularizer.BeginStep(0);
        logistic.call(x).Dispose();
        var term = Assert.Single(regularizer.EndStep());
        term.Term.Dispose();
        var edges = FeatureGraph.Grid(4, 4).Edges;
        Assert.Equal(Enumerable.Range(0, 5).Average(i => edges.Sum(e =>
            Math.Pow(grid[(16 * i) + e.Source] - grid[(16 * i) + e.Target], 2))), term.Value, 1e-5);
    }

    [Fact]
    public void A_vaes_divergence_is_the_closed_form()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new BetaVae(new AutoencoderOptions { Inputs = 5, Hidden = [8], Code = 3 }, beta: 4);
        var x = torch.randn(6, 5);
        var terms = model.Objective([x]);
        Assert.Equal(["reconstruction", "divergence"], terms.Select(t => t.Name));

        // μ and log σ² from the model's own layers, the rest by hand: KL(N(μ, σ²) ‖ N(0, 1)) = ½ Σ (μ² + σ² - log σ² -
        // 1).
        var children = model.named_children()
            .ToDictionary(c => c.name, c => (Module<torch.Tensor, torch.Tensor>)c.module);
        var hidden = children["encoder"].call(x);
        var mu = PenaltyCases.ToArray(model.CodeLayer.call(hidden));
        var logVariance = PenaltyCases.ToArray(children["logVariance"].call(hidden));
        var divergence = mu.Zip(logVariance, (m, l) => 0.5 * ((m * m) + Math.Exp(l) - l - 1)).Sum() / 6;
        Assert.Equal(divergence * 4 * 2 / 5, terms[1].Value.ToDouble(), 1e-6);
        Assert.Equal(PenaltyCases.ToArray(model.Encode(x)), mu);
    }

    [Fact]
    public void A_vae_needs_a_hidden_layer_and_a_beta()
    {
        var options = new AutoencoderOptions { Inputs = 5, Code = 2 };
        Assert.Throws<ArgumentException>("options", () => new BetaVae(options with { Hidden = [] }, 1));
        Assert.Throws<ArgumentOutOfRangeException>("beta", () => new BetaVae(options, -1));
        Assert.Throws<ArgumentOutOfRangeException>("beta", () => new BetaVae(options, double.NaN));
        Assert.Throws<ArgumentException>(
            "AutoencoderOptions.Inputs", () => new Autoencoder(options with { Inputs = 0 }));
        Assert.Throws<ArgumentException>("AutoencoderOptions.Code", () => new BetaVae(options with { Code = -1 }, 1));
        Assert.Throws<ArgumentException>(
            "AutoencoderOptions.Hidden", () => new Autoencoder(options with { Hidden = [5, 0] }));
        Assert.Throws<ArgumentException>(
            "AutoencoderOptions.CodeNoise", () => new Autoencoder(options with { CodeNoise = -1 }));
        Assert.Throws<ArgumentException>(
            "GridClassifierOptions.GridSize", () => new GridClassifier(new() { GridSize = 3 }));
        Assert.Throws<ArgumentException>(
            "GridClassifierOptions.ImageSize", () => new GridClassifier(new() { ImageSize = 30 }));
        Assert.Throws<ArgumentException>(
            "GridClassifierOptions.Classes", () => new GridClassifier(new() { Classes = 1 }));
        Assert.Throws<ArgumentException>(
            "GridClassifierOptions.Dropout", () => new GridClassifier(new() { Dropout = 1 }));
    }

    [Fact]
    public void Calling_a_model_leaves_only_its_result()
    {
        using var noGradient = torch.no_grad();
        using var autoencoder = new Autoencoder(new AutoencoderOptions { Inputs = 5, Code = 2 });
        using var vae = new BetaVae(new AutoencoderOptions { Inputs = 5, Code = 2 }, 1);
        using var classifier = new GridClassifier(new() { ImageSize = 8, GridSize = 4, ConvolutionAfterGrid = true });
        using var x = torch.randn(3, 5);
        using var images = torch.rand(3, 1, 8, 8);
        foreach (var run in new Func<torch.Tensor>[]
        {
            () => autoencoder.call(x), () => autoencoder.Encode(x), () => vae.call(x), () => vae.Encode(x),
            () => classifier.call(images), () => classifier.Grid(images),
        })
        {
            Assert.Equal(0, Alone.Growth(100, () => run().Dispose()));
        }
    }

    private static double[] Weights(Func<Module> make)
    {
        using var model = make();
        return [.. model.parameters().SelectMany(PenaltyCases.ToArray)];
    }
}
