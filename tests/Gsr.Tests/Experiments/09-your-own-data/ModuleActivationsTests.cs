using Gsr.Experiments.OwnData;
using Gsr.Graphs;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.OwnData;

public sealed class ModuleActivationsTests
{
    [Fact]
    public void A_module_is_the_mean_of_its_standardised_nodes_with_the_long_tail_up()
    {
        // Nodes 0 and 2 are one module and mostly rest at 5; node 1 is alone.
        float[,] activations = { { 5, 1, 50 }, { 5, 2, 50 }, { 5, 9, 50 }, { -3, 4, -30 } };
        var modules = ModuleActivations.Of(activations, FeatureGraph.FromEdges(3, [new Edge(0, 2)]));
        Assert.Equal([[0, 2]], modules.Nodes.Select(nodes => nodes.ToArray()));
        Assert.Equal([0, -1, 0], modules.Labels);
        var low = -1 / Math.Sqrt(3);
        Near.Equal([low, low, low, Math.Sqrt(3)], Doubles(modules.Values), 1e-6);
        Assert.Equal("1 module of 2 nodes", $"{modules}");
        // One module tells nothing apart: the nodes do.
        Assert.Equal((4, 3), (modules.Signals.GetLength(0), modules.Signals.GetLength(1)));
    }

    [Fact]
    public void Scale_and_sign_of_a_whole_module_change_nothing()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            var (activations, turned) = (new float[50, 6], new float[50, 6]);
            for (var s = 0; s < 50; s++)
            {
                for (var i = 0; i < 6; i++)
                {
                    activations[s, i] = MathF.Pow(random.NextSingle(), 3) + (i / 2);
                    turned[s, i] = i < 2 ? 7 - (3 * activations[s, i]) : activations[s, i];
                }
            }

            var graph = FeatureGraph.Path(2).Copies(3);
            var (plain, other) = (ModuleActivations.Of(activations, graph), ModuleActivations.Of(turned, graph));
            Near.Equal(Doubles(plain.Values), Doubles(other.Values), 1e-4);
            Assert.Same(plain.Values, plain.Signals);
        }
    }

    [Fact]
    public void Without_edges_or_variance_nothing_is_invented()
    {
        var none = ModuleActivations.Of(new float[4, 2], FeatureGraph.FromEdges(2, []));
        Assert.Equal(0, none.Count);
        Assert.Equal("no module", $"{none}");
        Assert.Equal(2, none.Signals.GetLength(1));
        Assert.All(ModuleActivations.Of(new float[4, 2], FeatureGraph.Path(2))
            .Values.Cast<float>(), value => Assert.Equal(0, value));
        Assert.Throws<ArgumentException>(
            "activations", () => ModuleActivations.Of(new float[4, 2], FeatureGraph.Path(3)));
    }

    [Fact]
    public void A_value_that_is_not_finite_is_named() => Assert.Throws<ArgumentException>("activations",
        () => ModuleActivations.Of(new[,] { { 1, float.NaN } }, FeatureGraph.Path(2)));

    private static IEnumerable<double> Doubles(float[,] values) => values.Cast<float>().Select(value => (double)value);
}
