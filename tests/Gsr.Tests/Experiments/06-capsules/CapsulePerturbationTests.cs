using Gsr.Experiments.Capsules;
using Gsr.Tests.Penalties;
using TorchSharp;

namespace Gsr.Tests.Experiments.Capsules;

[Collection(Alone.Name)]
public sealed class CapsulePerturbationTests
{
    private static CapsuleNetwork Model()
    {
        var model = new CapsuleNetwork(Tiny.Options);
        model.eval();
        return model;
    }

    [Fact]
    public void The_published_steps_go_from_minus_a_quarter_to_a_quarter() =>
        PenaltyCases.Near(
            [-0.25, -0.2, -0.15, -0.1, -0.05, 0, 0.05, 0.1, 0.15, 0.2, 0.25], [.. CapsuleResponses.Steps], 1e-12);

    [Fact]
    public void Only_the_one_dimension_of_the_one_class_is_moved()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Model();
        using var noGradient = torch.no_grad();
        var (capsules, classes) = (model.Capsules(torch.rand(2, 1, 12, 12)), torch.tensor([1L, 2]));
        var before = PenaltyCases.ToArray(capsules);
        var decoded = model.Perturbed(capsules, classes, 3);
        for (var step = 0; step < 11; step++)
        {
            for (var i = 0; i < 2; i++)
            {
                var moved = capsules.clone();
                moved[i, classes[i].ToInt64(), 3] = moved[i, classes[i].ToInt64(), 3] + ((step - 5) * 0.05);
                var expected = PenaltyCases.ToArray(model.Decode(moved, classes)[i]);
                PenaltyCases.Near(expected, [.. decoded[i][step].Select(v => (double)v)], 1e-5);
            }
        }

        Assert.Equal(before, PenaltyCases.ToArray(capsules));
        Assert.Equal(0, Alone.Growth(5, () => model.Perturbed(capsules, classes, 0)));
    }

    [Fact]
    public void Responses_are_least_squares_slopes_on_the_mean_over_the_examples_of_a_class()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Model();
        var images = torch.rand(5, 1, 12, 12);
        byte[] labels = [0, 1, 2, 1, 1];
        var responses = CapsuleResponses.Of(model, images, labels);

        using var noGradient = torch.no_grad();
        var (capsules, classes) = (model.Capsules(images), torch.tensor(labels.Select(l => (long)l).ToArray()));
        var decoded = model.Perturbed(capsules, classes, 4);
        int[] ones = [1, 3, 4];
        double Slope(Func<float[], double> measure) => ones.Average(i => MathNet.Numerics.Fit.Line(
            [.. CapsuleResponses.Steps], [.. decoded[i].Select(measure)]).B);
        Assert.Equal(Slope(image => image[77]), responses.Changes[1, 4, 77], 1e-6);
        double[] slopes = [.. ImageMoments.Measures.Select(m => Slope(i => m.Of(ImageMoments.Of<float>(i, 12))))];
        PenaltyCases.Near(slopes, [.. responses.Measures.Select(r => r[1, 4])], 1e-6);
        Assert.Equal(0, Alone.Growth(3, () => CapsuleResponses.Of(model, images, labels)));
    }
}
