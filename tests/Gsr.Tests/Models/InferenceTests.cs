using Gsr.Models;
using Gsr.Training;
using TorchSharp;

namespace Gsr.Tests.Models;

[Collection(Alone.Name)]
public sealed class InferenceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Batches_of_any_size_give_what_the_model_gives_at_once(int batchSize)
    {
        using var scope = torch.NewDisposeScope();
        using var model = new Autoencoder(new AutoencoderOptions { Inputs = 5, Code = 3, Seed = 1 });
        var examples = torch.randn(23, 5);
        var whole = model.Encode(examples).to(torch.float64).data<double>().ToArray();

        var batched = Inference.Run(model.Encode, examples, batchSize);

        Assert.Equal(0, Alone.Growth(3, () => Inference.Run(model.Encode, examples, batchSize)));
        Assert.Equal((23, 3), (batched.GetLength(0), batched.GetLength(1)));
        for (var i = 0; i < whole.Length; i++) Assert.Equal(whole[i], batched[i / 3, i % 3], 1e-5);
    }

    [Fact]
    public void The_class_is_that_of_the_highest_score()
    {
        using var scores = torch.tensor(new float[,] { { 1, 3, 2 }, { -1, -2, -3 }, { 0, 0, 5 } });
        Assert.Equal([1, 0, 2], Inference.Classify(x => x.clone(), scores, 2));
        Assert.Equal(200 / 3.0, Inference.AccuracyPercent([1, 0, 2], [1, 1, 2]), 1e-10);
        Assert.Throws<ArgumentException>(() => Inference.AccuracyPercent([1], [1, 2]));
    }

    [Fact]
    public void Tensors_have_the_shapes_that_models_take()
    {
        using var matrix = Tensors.Matrix([1, 2, 3, 4, 5, 6], 3);
        Assert.Equal([2L, 3L], matrix.shape);
        Assert.Equal(4, matrix[1, 0].ToSingle());
        using var images = Tensors.Images(new float[2 * 4 * 3], 4, 3);
        Assert.Equal([2L, 1L, 4L, 3L], images.shape);
        using var labels = Tensors.Labels([3, 255]);
        Assert.Equal([3L, 255L], labels.data<long>().ToArray());
        Assert.Throws<ArgumentException>(() => Tensors.Matrix([1, 2, 3], 2));
        Assert.Throws<ArgumentException>(() => Tensors.Images(new float[5], 2, 2));
        Assert.Throws<ArgumentException>(() => Tensors.Matrix([], 2));
    }

    [Fact]
    public void Noise_on_the_code_is_there_in_training_only_and_the_bias_is_set()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new Autoencoder(
            new AutoencoderOptions
            {
                Inputs = 5,
                Code = 3,
                CodeActivation = Activation.ReLU,
                CodeNoise = 0.5,
                CodeBias = 2,
                Seed = 1
            });
        var examples = torch.randn(4, 5);
        model.eval();
        Assert.True(torch.allclose(model.call(examples), model.call(examples)));
        model.train();
        Assert.False(torch.allclose(model.call(examples), model.call(examples)));
        var bias = model.named_parameters().Single(p => p.name == "encoder.code.linear.bias").parameter;
        Assert.Equal([2f, 2f, 2f], bias.data<float>().ToArray());
        Assert.Throws<ArgumentException>(
            () => new Autoencoder(new AutoencoderOptions { Inputs = 5, Code = 3, CodeNoise = -1 }));
    }
}
