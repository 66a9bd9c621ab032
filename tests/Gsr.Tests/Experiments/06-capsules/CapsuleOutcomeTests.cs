using Gsr.Experiments;
using Gsr.Experiments.Capsules;
using Gsr.Training;
using TorchSharp;

namespace Gsr.Tests.Experiments.Capsules;

[Collection(Alone.Name)]
public sealed class CapsuleOutcomeTests
{
    /// <summary>40 images of noise, 12 x 12, four of each digit, in turn.</summary>
    private static ImageDataSet Noise(int seed)
    {
        var pixels = new byte[40 * 144];
        new Random(seed).NextBytes(pixels);
        return new ImageDataSet(12, 12, pixels, [.. Enumerable.Range(0, 40).Select(i => (byte)(i % 10))]);
    }

    [Fact]
    public void A_network_is_measured_on_the_test_images_and_its_dimension_chosen_on_training_images()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new CapsuleNetwork(Tiny.Options with { Classes = 10 });
        var (train, test) = (Noise(1), Noise(2));
        var outcome = CapsuleOutcome.Of("none", 7, model, train, test, perDigit: 3);

        using var noGradient = torch.no_grad();
        var few = CapsuleOutcome.FirstOfEach(test, 3);
        Assert.Equal([0, 0, 0, 1, 1, 1, 2, 2, 2], few.Labels[..9]);
        Assert.Equal(test.Pixels[(21 * 144)..(22 * 144)], few.Pixels[(5 * 144)..(6 * 144)]);
        var (images, labels) = (Tensors.Images(test.ToFloats(), 12, 12), torch.arange(40).remainder(10));
        Assert.Equal(
            model.call(images).argmax(1).eq(labels).to(torch.float64).mean().ToDouble() * 100, outcome.Accuracy, 1e-9);
        Assert.Equal(model.ReconstructionError(images, labels), outcome.Error, 1e-9);
        double[,] Thickness(ImageDataSet data) => CapsuleResponses.Of(
            model, Tensors.Images(data.ToFloats(), 12, 12), data.Labels).Measures[0];
        var expected = SharedDimension.Of(Thickness(CapsuleOutcome.FirstOfEach(train, 3)), Thickness(few));
        Assert.Equal(expected, outcome.Factors[0]);
        Assert.Equal(4, outcome.Factors.Count);

        // The network reads what it drew from its own capsules, and from capsules moved to both ends.
        double Read(double shift)
        {
            var (own, truth) = (Tensors.Images(few.ToFloats(), 12, 12),
                Tensors.Labels(few.Labels));
            var capsules = model.Capsules(own);
            capsules.select(2, outcome.ThicknessDimension).add_(shift);
            var redrawn = model.call(model.Decode(capsules, truth).view(-1, 1, 12, 12)).argmax(1);
            return redrawn.eq(truth).to(torch.float64).mean().ToDouble();
        }

        Assert.Equal(Read(0), outcome.Survival.Redrawn, 1e-9);
        Assert.Equal((Read(-0.25) + Read(0.25)) / 2, outcome.Survival.Moved, 1e-9);
        Assert.Equal(0, Alone.Growth(2, () => CapsuleOutcome.Of("none", 7, model, train, test, perDigit: 1)));
    }

    [Fact]
    public void Following_counts_the_digits_in_which_real_thickness_and_drawn_thickness_go_together()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new CapsuleNetwork(Tiny.Options with { Classes = 10 });
        var test = Noise(2);
        var outcome = CapsuleOutcome.Of("none", 0, model, Noise(1), test, 1);

        using var noGradient = torch.no_grad();
        var capsules = model.Capsules(Tensors.Images(test.ToFloats(), 12, 12));
        double[] correlations = [.. Enumerable.Range(0, 10).Select(digit =>
        {
            int[] own = [digit, digit + 10, digit + 20, digit + 30];
            return MathNet.Numerics.Statistics.Correlation.Pearson(
                own.Select(i => ImageMoments.Of<byte>(test.Pixels.AsSpan(i * 144, 144), 12).Thickness),
                own.Select(i => capsules[i, digit, outcome.ThicknessDimension].ToDouble()))
                * Math.Sign(outcome.Responses.Measures[0][digit, outcome.ThicknessDimension]);
        })];
        Assert.Equal(correlations.Count(r => r > 0), outcome.Following.Digits);
        Assert.Equal(correlations.Average(), outcome.Following.Correlation, 1e-5);
    }

    [Fact]
    public void Networks_are_read_by_condition_and_compared_seed_by_seed()
    {
        CapsuleOutcome One(string condition, int seed, double accuracy, int agreeing, double p) => new(
            condition, seed, null!, accuracy, 0, null!, null!, [new SharedDimension(3, agreeing, 6.5, p)], default,
            null!, default);
        var outcomes = new CapsuleOutcomes(
            [One("a", 1, 99, 10, 0.1), One("b", 1, 97, 6, 0.5), One("a", 2, 98, 8, 0.2), One("b", 2, 97, 7, 0.5)]);
        Assert.Equal([10, 8], outcomes.Of("a").Select(o => o.Factors[0].Agreeing));
        Assert.Equal([2.0, 1.0], outcomes.Difference("a", "b", o => o.Accuracy).Values);
        Assert.Equal(0.5, outcomes.AllTen("a", 0).Value);
        Assert.Equal(0, outcomes.AllTen("b", 0).Value);
        Assert.Equal(SharedDimension.Pooled([0.1, 0.2]), outcomes.PValue("a", 0).Value);
        Assert.Equal("10, 8 of 10 (chance 6.5, p = 0.0982)", outcomes.Text("a", 0));
    }

    [Fact]
    public void The_board_keeps_the_order_of_the_trainings_whoever_comes_first()
    {
        var shown = "";
        var board = new TrainingBoard(3, text => shown = text);
        board.Show(2, "third");
        board.Show(0, "first");
        board.Show(2, "third, done");
        Assert.Equal("first\nthird, done", shown);
    }
}
