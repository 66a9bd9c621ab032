using Gsr.Experiments;
using Gsr.Experiments.StartHere;

namespace Gsr.Tests.Experiments.StartHere;

public sealed class ConditionTests
{
    [Fact]
    public void Conditions_are_compared_network_by_network()
    {
        var better = new Condition("a", [Network(90), Network(95)]);
        var worse = new Condition("b", [Network(80), Network(87)]);
        Assert.Equal([90, 95], better.Of(n => n.Accuracy).Values);
        Assert.Equal(9, better.Over(worse, n => n.Accuracy).Value);
        Assert.Equal(("b", "other"), (worse.Dots(n => n.Quotient).Name, worse.Dots(n => n.Quotient, "other").Name));
        Assert.Equal("90.0 % right, cross-entropy 0.50, zᵀLz / zᵀz 0.25", better.Stop().Caption);
    }

    [Fact]
    public void There_is_one_image_of_each_digit()
    {
        var images = DigitGenerator.Generate(300, seed: 2);
        var one = OneOfEach.Of(images);
        var four = Array.IndexOf(images.Labels, (byte)4);
        Assert.Equal((10, 784), (one.GetLength(0), one.GetLength(1)));
        for (var p = 0; p < 784; p++) Assert.Equal(images.Pixels[(four * 784) + p] / 255.0, one[4, p], 0.006);
    }

    private static TrainedLayer Network(double accuracy) => new()
    {
        Model = null!,
        Maps = new double[10, 4],
        Accuracy = accuracy,
        CrossEntropy = 0.5,
        Quotient = 0.25,
    };
}
