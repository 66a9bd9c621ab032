using Gsr.Models;
using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace Gsr.Tests.Models;

[Collection(Alone.Name)]
public sealed class ChannelsLastTests
{
    [Fact]
    public void Images_of_one_channel_are_not_copied_and_what_follows_keeps_their_order()
    {
        using var scope = torch.NewDisposeScope();
        var images = torch.rand(5, 1, 6, 8);

        var ordered = ChannelsLast.Of(images);

        images.zero_();
        Assert.Equal(0, ordered.abs().sum().item<float>());
        Assert.Equal([5, 1, 6, 8], ordered.shape);
        var first = max_pool2d(conv2d(ordered, torch.rand(4, 1, 3, 3), padding: [1, 1]), 2);
        var second = conv2d(first.leaky_relu(0.2), torch.rand(7, 4, 3, 3));
        Assert.Equal(1, first.stride(1));
        Assert.Equal(1, second.stride(1));
    }

    // Of few digits, so that sums are exact in whatever order they are taken.
    [Fact]
    public void A_convolutions_values_and_gradients_are_those_of_the_other_order()
    {
        using var scope = torch.NewDisposeScope();
        var (images, weight) = (Whole(9, 1, 10, 12), Whole(8, 1, 5, 5));

        float[] Run(bool last)
        {
            var (input, kernel) = (images.clone().requires_grad_(), weight.clone().requires_grad_());
            var output = max_pool2d(conv2d(last ? ChannelsLast.Of(input) : input, kernel, padding: [2, 2]), 2);
            (output * torch.arange(output.numel()).remainder(7).view(output.shape)).sum().backward();
            return [.. Values(output), .. Values(input.grad!), .. Values(kernel.grad!)];
        }

        Assert.Equal(Run(last: false), Run(last: true));

        static torch.Tensor Whole(params long[] shape) => torch.randint(-3, 4, shape, torch.float32);
    }

    [Theory]
    [InlineData(false, torch.ScalarType.Float64, 1e-12)]
    [InlineData(true, torch.ScalarType.Float64, 1e-12)]
    [InlineData(true, torch.ScalarType.Float32, 1e-6)]
    public void A_classifiers_gradients_are_those_of_the_other_order(
        bool convolutionAfterGrid, torch.ScalarType type, double near)
    {
        using var scope = torch.NewDisposeScope();
        using var model = new GridClassifier(
            new() { ImageSize = 12, GridSize = 4, ConvolutionAfterGrid = convolutionAfterGrid, Dropout = 0 });
        model.to(type);
        var images = torch.rand(7, 1, 12, 12, type);
        torch.nn.Module<torch.Tensor, torch.Tensor> Part(string name) =>
            (torch.nn.Module<torch.Tensor, torch.Tensor>)model.named_children().Single(c => c.name == name).module;

        double[] Gradients(Func<torch.Tensor, torch.Tensor> classify)
        {
            foreach (var parameter in model.parameters()) parameter.grad = null;
            cross_entropy(classify(images), torch.arange(7)).backward();
            return [.. model.parameters()
                .SelectMany(p => p.grad!.to(torch.float64).contiguous().data<double>().ToArray())];
        }

        var expected = Gradients(x =>
        {
            var z = Part("grid").call(Part("features").call(x));
            return Part("head").call(convolutionAfterGrid ? z.reshape(-1, 1, 4, 4) : z);
        });
        var own = Gradients(model.call);
        Assert.Equal(expected.Length, own.Length);
        for (var i = 0; i < own.Length; i++) Assert.Equal(expected[i], own[i], near);
    }

    [Fact]
    public void A_classifier_takes_one_image_after_another_as_it_takes_all()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new GridClassifier(new() { ImageSize = 8, GridSize = 4, ConvolutionAfterGrid = true });
        model.eval();
        var images = torch.rand(3, 1, 8, 8);

        var (together, alone) = (model.call(images), torch.cat([.. images.split(1).Select(model.call)]));

        foreach (var (a, b) in Values(together).Zip(Values(alone))) Assert.Equal(a, b, 1e-5f);
        Assert.ThrowsAny<Exception>(() => model.call(torch.rand(3, 2, 8, 8)));
        Assert.ThrowsAny<Exception>(() => model.call(torch.rand(3, 1, 9, 16)));
    }

    private static float[] Values(torch.Tensor tensor) => tensor.detach().contiguous().data<float>().ToArray();
}
