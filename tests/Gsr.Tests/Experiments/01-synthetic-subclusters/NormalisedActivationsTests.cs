using Gsr.Experiments.Subclusters;

namespace Gsr.Tests.Experiments.Subclusters;

public sealed class NormalisedActivationsTests
{
    [Fact]
    public void Each_node_runs_from_0_to_1_whatever_its_scale_and_sign()
    {
        var activations = new double[101, 3];
        for (var i = 0; i <= 100; i++)
        {
            activations[i, 0] = i;
            activations[i, 1] = -3 - (0.1 * i);
            activations[i, 2] = 7;
        }

        var normalised = NormalisedActivations.Of(activations);
        for (var i = 0; i <= 100; i++)
        {
            Assert.Equal(Math.Clamp((i - 1) / 98.0, 0, 1), normalised[i, 0], 1e-12);
            Assert.Equal(1 - normalised[i, 0], normalised[i, 1], 1e-12);
            Assert.Equal(0, normalised[i, 2]);
        }
    }
}
