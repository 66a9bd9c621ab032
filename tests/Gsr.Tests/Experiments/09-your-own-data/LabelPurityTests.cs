using Gsr.Experiments.OwnData;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.OwnData;

public sealed class LabelPurityTests
{
    [Fact]
    public void The_most_active_examples_are_counted_by_label()
    {
        float[,] activations = { { 9, 1 }, { 8, 2 }, { 7, 3 }, { 6, 4 }, { 5, 5 } };
        var purities = LabelPurity.Of(activations, [1, 1, 0, 0, 0], share: 0.6);
        Assert.Equal(1, purities[0].Label);
        Near.Equal(2 / 3.0, purities[0].Purity);
        Near.Equal(0.4, purities[0].Expected);
        Assert.Equal(new LabelPurity(0, 1, 0.6), purities[1]);
        // All examples give what chance gives; the lowest number of equals.
        Assert.Equal(
            [new LabelPurity(2, 0.5, 0.5)],
            LabelPurity.Of(new float[,] { { 1 }, { 2 }, { 3 }, { 4 } }, [2, 2, 0, 1], share: 1));
        Assert.Equal(
            [new LabelPurity(1, 1, 0.25)],
            LabelPurity.Of(new float[,] { { 1 }, { 2 }, { 3 }, { 4 } }, [2, 2, 0, 1], share: 1e-9));
    }

    [Fact]
    public void Hostile_input_is_named()
    {
        Assert.Throws<ArgumentException>("labels", () => LabelPurity.Of(new float[2, 1], [0]));
    }
}
