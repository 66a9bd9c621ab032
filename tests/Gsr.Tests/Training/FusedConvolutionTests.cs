using Gsr.Models;
using Gsr.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace Gsr.Tests.Training;

[Collection(Alone.Name)]
public sealed class FusedConvolutionTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, 24)];

    // What libtorch gives in double precision, in the usual order of an image's values.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_and_gradients_are_libtorchs_for_random_shapes(int seed)
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(seed);
        var random = new Random(seed);
        var (channels, kernel, stride, padding) = (seed % 3) switch
        {
            0 => (1, random.Next(1, 10), 1, random.Next(4)),
            1 => (32 * random.Next(1, 4), 5, 1, random.Next(4)),
            _ => (32, random.Next(9, 11), 2, 0),
        };
        var convolution = Conv2d(channels, 32 * random.Next(1, 4), kernel, stride: stride, padding: padding);
        int Size(int outputs) => ((outputs - 1) * stride) + (stride == 1 ? kernel - (2 * padding) : 10);
        var images = torch.randn(
            random.Next(1, 40), channels, Size(2 * random.Next(5, 8)), Size(2 * random.Next(5, 8)));
        var (isPooled, slope) = (random.Next(2) == 0, new[] { 0, 0.2f, 1 }[random.Next(3)]);
        if (channels > 1) images.requires_grad_();

        var own = FusedConvolution.Of(images, convolution, isPooled, slope);

        Assert.NotNull(own);
        var exact = images.detach().to(torch.float64);
        if (channels > 1) exact.requires_grad_();
        var (filter, bias) = (Exact(convolution.weight), Exact(convolution.bias!));
        var sums = conv2d(exact, filter, bias, [stride, stride], [padding, padding]);
        // Where rounding decides which side of a kink a value is on, its gradient says nothing.
        var isClear = (isPooled ? max_pool2d(sums, 2) : sums).abs() > 1e-4;
        if (isPooled) isClear &= Lead(sums) > 1e-4;
        var weight = torch.randn(own.shape) * isClear;
        var expected = (isPooled ? max_pool2d(sums, 2) : sums).leaky_relu(slope);
        (expected * weight).sum().backward();
        (own * weight).sum().backward();
        Assert.Equal(expected.shape, own.shape);
        Near(expected, own, 1e-5);
        Near(filter.grad!, convolution.weight.grad!, 1e-5);
        Near(bias.grad!, convolution.bias!.grad!, 1e-5);
        if (channels > 1) Near(exact.grad!, images.grad!, 1e-5);
        using var noGradient = torch.no_grad();
        Assert.Equal(Values(own), Values(FusedConvolution.Of(images, convolution, isPooled, slope)!));
        // Whatever the order in memory.
        var last = images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        Assert.Equal(Values(own), Values(FusedConvolution.Of(last, convolution, isPooled, slope)!));

        // By how much the largest of 2 x 2 pixels is larger than the next.
        static torch.Tensor Lead(torch.Tensor sums)
        {
            var shape = sums.shape;
            var squares = sums.reshape(shape[0], shape[1], shape[2] / 2, 2, shape[3] / 2, 2).transpose(3, 4).flatten(4);
            var most = squares.topk(2).values;
            return most.select(4, 0) - most.select(4, 1);
        }

        static torch.Tensor Exact(torch.Tensor parameter) => parameter.detach().to(torch.float64).requires_grad_();
    }

    // Winograd's algorithm rounds otherwise than a sum of products; not more.
    [Fact]
    public void Its_error_is_of_the_size_of_libtorchs()
    {
        using var scope = torch.NewDisposeScope();
        using var convolution = Conv2d(32, 64, 5, padding: 2);
        var images = torch.rand(16, 32, 14, 14);
        using var noGradient = torch.no_grad();
        var exact = conv2d(
            images.to(torch.float64), convolution.weight.to(torch.float64), convolution.bias!.to(torch.float64),
            padding: [2, 2]);

        var own = Error(FusedConvolution.Of(images, convolution, isPooled: false, slope: 1)!);

        Assert.InRange(own, 0, 3 * Error(convolution.call(images)));

        double Error(torch.Tensor values) => (values.to(torch.float64) - exact).norm().item<double>();
    }

    [Fact]
    public void Of_equal_pixels_the_first_gets_the_gradient()
    {
        using var scope = torch.NewDisposeScope();
        using var convolution = Conv2d(32, 32, 5, padding: 2);
        using (torch.no_grad())
        {
            convolution.weight.zero_();
            // Each output is its input.
            for (var i = 0; i < 32; i++) convolution.weight[i, i, 2, 2] = torch.tensor(1f);
            convolution.bias!.zero_();
        }

        var images = torch.zeros(1, 32, 4, 4).requires_grad_();
        FusedConvolution.Of(images, convolution, isPooled: true, slope: 1)!.sum().backward();

        Assert.Equal([1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0], Values(images.grad![0, 3].round()));
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new GridClassifier(new() { Seed = 1, Dropout = 0 });
        var images = torch.rand(70, 1, 28, 28);

        float[] Run()
        {
            model.zero_grad();
            var scores = model.call(images);
            cross_entropy(scores, torch.arange(70).remainder(10)).backward();
            return [.. Values(scores), .. model.parameters().Where(p => p.dim() == 4).SelectMany(p => Values(p.grad!))];
        }

        Assert.Equal(Alone.WithThreads(1, Run), Alone.WithThreads(2, Run));
    }

    [Fact]
    public void Another_form_is_left_to_libtorch()
    {
        using var scope = torch.NewDisposeScope();
        Assert.NotNull(Of(Conv2d(32, 32, 5), 14));
        foreach (var (convolution, size) in new (Conv2d, int)[]
        {
            (Conv2d(32, 32, 5), 13), (Conv2d(32, 32, 3), 14), (Conv2d(32, 32, 5, bias: false), 14),
            (Conv2d(32, 32, 5, dilation: 2), 14), (Conv2d(32, 32, 5, groups: 2), 14), (Conv2d(32, 16, 5), 14),
            (Conv2d(32, 32, 5, padding_mode: PaddingModes.Reflect, padding: 2), 14), (Conv2d(24, 32, 5), 14),
            (Conv2d(32, 32, 9, stride: 2), 19), (Conv2d(32, 32, 10, stride: 2), 21),
            (Conv2d(32, 32, 9, stride: 2, padding: 1), 20), (Conv2d(32, 32, 5), 4),
            (Conv2d(32, 32, (5, 7)), 14), (Conv2d(32, 32, (5, 5), padding: (0, 2)), 14),
            (Conv2d(32, 32, (5, 5), stride: (1, 2)), 14), (Conv2d(32, 32, 5, stride: 2), 14),
        })
        {
            Assert.Null(Of(convolution, size));
        }

        Assert.Null(FusedConvolution.Of(torch.rand(3, 16, 14, 14), Conv2d(32, 32, 5), false, 1));
        Assert.Null(FusedConvolution.Of(torch.rand(0, 32, 14, 14), Conv2d(32, 32, 5), false, 1));
        Assert.Null(FusedConvolution.Of(torch.rand(32, 14, 14), Conv2d(32, 32, 5), false, 1));
        Assert.Null(FusedConvolution.Of(torch.rand([3, 32, 14, 14], torch.float64), Conv2d(32, 32, 5), false, 1));
        // The gradient of a picture itself.
        Assert.Null(FusedConvolution.Of(torch.rand(3, 1, 14, 14).requires_grad_(), Conv2d(1, 32, 5), false, 1));
        using (FusedConvolution.Off()) Assert.Null(Of(Conv2d(32, 32, 5), 14));
        Assert.NotNull(Of(Conv2d(32, 32, 5), 14));

        static torch.Tensor? Of(Conv2d convolution, int size) => FusedConvolution.Of(
            torch.rand(2, convolution.weight.shape[1] * convolution.groups, size, size), convolution, false, 1);
    }

    [Fact]
    public void A_classifier_uses_it_unless_somebody_looks_on_or_it_is_switched_off()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new GridClassifier(new() { ImageSize = 8, GridSize = 4 });
        var images = torch.rand(4, 1, 8, 8);
        model.eval();
        var own = Values(model.call(images));
        using (FusedConvolution.Off()) Differs(own, Values(model.call(images)));
        var features = (Sequential)model.named_children().Single(child => child.name == "features").module;
        var seen = 0;
        var hook = ((Conv2d)features[0]).register_forward_hook((_, _, output) =>
        {
            seen++;
            return output;
        });
        Differs(own, Values(model.call(images)));
        Assert.Equal(1, seen);
        hook.remove();
        Assert.Equal(own, Values(model.call(images)));
        Assert.Contains("convolutions fused", new Trainer(model, model.Objective).ToString());

        // Rounded otherwise, else the same.
        static void Differs(float[] own, float[] other)
        {
            Assert.NotEqual(own, other);
            foreach (var (a, b) in own.Zip(other)) Assert.Equal(a, b, 1e-5f);
        }
    }

    [Fact]
    public void Training_by_it_and_by_libtorch_differ_by_rounding()
    {
        float[] Losses(bool isFused)
        {
            using var scope = torch.NewDisposeScope();
            torch.manual_seed(3);
            using var model = new GridClassifier(new() { ImageSize = 12, GridSize = 4, Seed = 3 });
            var labels = torch.arange(64).remainder(10);
            var images = torch.rand(64, 1, 12, 12) + (labels.view(-1, 1, 1, 1) / 10f);
            return [.. new Trainer(model, model.Objective).Fit(
                [images, labels],
                new() { Steps = 60, BatchSize = 16, StepsPerRecord = 1, Seed = 1, Fused = isFused })
                .Losses.Select(loss => (float)loss)];
        }

        var (own, other) = (Losses(isFused: true), Losses(isFused: false));
        Assert.NotEqual(own, other);
        foreach (var (a, b) in own.Zip(other)) Assert.Equal(a, b, 1e-3f);
        Assert.True(own[^1] < own[0]);
    }

    [Fact]
    public void A_step_leaves_no_tensor_behind()
    {
        using var model = new GridClassifier(new() { ImageSize = 8, GridSize = 4 });
        using var images = torch.rand(20, 1, 8, 8);
        using var labels = torch.arange(20).remainder(10);

        Assert.Equal(0, Alone.Growth(20, () =>
        {
            using var scope = torch.NewDisposeScope();
            model.zero_grad();
            model.Objective([images, labels])[0].Value.backward();
        }));
        Assert.Equal(0, Alone.Growth(20, () =>
        {
            using var noGradient = torch.no_grad();
            model.Grid(images).Dispose();
        }));
    }

    private static void Near(torch.Tensor expected, torch.Tensor actual, double relative)
    {
        var error = (actual.detach().to(torch.float64) - expected.detach()).norm().item<double>();
        Assert.InRange(error, 0, relative * expected.detach().norm().item<double>());
    }

    private static float[] Values(torch.Tensor tensor) => tensor.detach().contiguous().data<float>().ToArray();
}
