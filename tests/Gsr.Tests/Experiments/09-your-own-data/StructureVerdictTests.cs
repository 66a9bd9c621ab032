using Gsr.Experiments.OwnData;
using Gsr.Graphs;
using Gsr.Learning;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.OwnData;

public sealed class StructureVerdictTests
{
    private const int Samples = 400;

    [Fact]
    public void A_module_is_the_mean_of_its_standardised_nodes_with_the_long_tail_up()
    {
        // Nodes 0 and 2 are one module and mostly rest at 5; node 1 is alone.
        double[,] activations = { { 5, 1, 50 }, { 5, 2, 50 }, { 5, 9, 50 }, { -3, 4, -30 } };
        var modules = ModuleActivations.Of(activations, FeatureGraph.FromEdges(3, [new Edge(0, 2)]));
        Assert.Equal([[0, 2]], modules.Nodes.Select(nodes => nodes.ToArray()));
        Assert.Equal([0, -1, 0], modules.Labels);
        var low = -1 / Math.Sqrt(3);
        Near.Equal([low, low, low, Math.Sqrt(3)], modules.Values.Cast<double>());
        Assert.Equal("1 module of 2 nodes", $"{modules}");
        Assert.Equal([0, 0, 0, 0], modules.Strongest());
    }

    [Fact]
    public void Scale_and_sign_of_a_whole_module_change_nothing()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            var (activations, turned) = (new double[50, 6], new double[50, 6]);
            for (var s = 0; s < 50; s++)
            {
                for (var i = 0; i < 6; i++)
                {
                    activations[s, i] = Math.Pow(random.NextDouble(), 3) + (i / 2);
                    turned[s, i] = i < 2 ? 7 - (3 * activations[s, i]) : activations[s, i];
                }
            }

            var graph = FeatureGraph.Path(2).Copies(3);
            var (plain, other) = (ModuleActivations.Of(activations, graph), ModuleActivations.Of(turned, graph));
            Near.Equal(plain.Values.Cast<double>(), other.Values.Cast<double>(), 1e-9);
            Assert.Equal(plain.Strongest(), other.Strongest());
        }
    }

    [Fact]
    public void Without_edges_or_variance_nothing_is_invented()
    {
        var none = ModuleActivations.Of(new double[4, 2], FeatureGraph.FromEdges(2, []));
        Assert.Equal(0, none.Count);
        Assert.Equal("no module", $"{none}");
        Assert.All(ModuleActivations.Of(new double[4, 2], FeatureGraph.Path(2))
            .Values.Cast<double>(), value => Assert.Equal(0, value));
        Assert.Throws<ArgumentException>(
            "activations", () => ModuleActivations.Of(new double[4, 2], FeatureGraph.Path(3)));
    }

    [Fact]
    public void Agreement_is_that_of_the_best_matching_over_the_larger_number_of_modules()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var (a, b) = (Noise(random, random.Next(2, 5)), Noise(random, random.Next(2, 5)));
            var (few, many) = a.Count <= b.Count ? (a, b) : (b, a);
            var best = Injections(few.Count, [.. Enumerable.Range(0, many.Count)])
                .Max(taken =>
                    taken.Select(
                        (j, i) =>
                            Math.Abs(MathNet.Numerics.Statistics.Correlation.Pearson(Column(few, i), Column(many, j))))
                                .Sum());
            Near.Equal(best / many.Count, Assert.Single(ModuleAgreement.Matched([a, b])), 1e-9);
        }

        static IEnumerable<int[]> Injections(int count, int[] columns) => count == 0
            ? [[]]
            : from rest in Injections(count - 1, columns)
              from last in columns.Except(rest)
              select rest.Append(last)
                .ToArray();
    }

    [Fact]
    public void The_same_modules_agree_fully_whatever_their_order_and_none_agree_with_none()
    {
        var (same, turned) = (Signals(1, [0, 1, 2]), Signals(1, [2, 0, 1]));
        Assert.All(ModuleAgreement.Matched([same, turned, same]), value => Near.Equal(1, value));
        Assert.All(ModuleAgreement.OfStrongest([same, turned]), value => Near.Equal(1, value));
        var (none, one) = (Signals(1, []), Signals(1, [0]));
        Assert.Equal([0.0, 0, 0], ModuleAgreement.Matched([none, same, one]));
        Assert.Equal([0.0], ModuleAgreement.Matched([one, one]));
        Assert.Equal([0.0], ModuleAgreement.OfStrongest([one, one]));
        Assert.Throws<ArgumentOutOfRangeException>("networks", () => ModuleAgreement.Matched([same]));
        var shorter = ModuleActivations.Of(new double[5, 2], FeatureGraph.Path(2));
        Assert.Throws<ArgumentException>("networks", () => ModuleAgreement.Matched([same, shorter]));
    }

    [Fact]
    public void Modules_that_every_seed_finds_are_supported_where_noise_has_none()
    {
        var noise = Enumerable.Range(0, 3).Select(seed => Noise(new Random(seed), 3)).ToArray();
        ModuleActivations[] found = [Signals(1, [0, 1, 2]), Signals(1, [1, 2, 0]), Signals(1, [2, 1, 0])];
        var verdict = StructureVerdict.Of(found, [noise], noise);
        Assert.True(verdict.IsSupported);
        Near.Equal(1, verdict.Agreement);
        Assert.Equal(ModuleAgreement.Matched(noise).Max(), verdict.Chance);
        Assert.StartsWith("The data support the modules", verdict.Sentences[0], StringComparison.Ordinal);
        Assert.Contains("the penalty makes the modules", verdict.Sentences[^1], StringComparison.Ordinal);
        Assert.Contains(
            "is not certain", StructureVerdict.Of(found, [noise], found).Sentences[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Each_failure_is_warned_of_by_its_own_sentence()
    {
        var noise = Enumerable.Range(0, 3).Select(seed => Noise(new Random(seed), 3)).ToArray();
        ModuleActivations[] found = [Signals(1, [0, 1, 2]), Signals(1, [1, 2, 0])],
            single = [Signals(1, [0]), Signals(1, [0])];
        Warns(StructureVerdict.Of(noise, [noise], noise), "Another seed gives other modules");
        Warns(StructureVerdict.Of(found, [noise, found], noise), "agree no better");
        Warns(StructureVerdict.Of(single, [noise], noise), "Only 0 of 2 networks");

        static void Warns(StructureVerdict verdict, string why)
        {
            Assert.False(verdict.IsSupported);
            Assert.StartsWith("WARNING", verdict.Sentences[0], StringComparison.Ordinal);
            Assert.Contains(verdict.Sentences, sentence => sentence.Contains(why, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("adaptive", 1, 2)]
    [InlineData("knn", 1, 2)]
    [InlineData("modules", 1, 2)]
    [InlineData("adaptive", 19, 20)]
    [InlineData("knn", 19, 20)]
    [InlineData("modules", 19, 20)]
    public void A_builder_by_name_builds_graphs_of_the_layer(string name, int k, int nodes)
    {
        var activations = new double[30, nodes];
        var random = new Random(1);
        for (var s = 0; s < 30; s++)
            for (var i = 0; i < nodes; i++) activations[s, i] = random.NextDouble();
        Assert.Equal(nodes, GraphBuilders.Named(name, k, nodes).Build(NodeActivations.From(activations)).NodeCount);
        Assert.Contains(
            $"give 1 to {nodes - 1}", Assert.Throws<ArgumentException>(() => GraphBuilders.Named(name, nodes, nodes))
                .Message);
        Assert.Contains("K is 0", Assert.Throws<ArgumentException>(() => GraphBuilders.Named(name, 0, nodes)).Message);
    }

    [Fact]
    public void Unknown_builders_are_answered_with_those_there_are()
    {
        Assert.Contains(
            "\"adaptive\" or \"knn\" or \"modules\"",
            Assert.Throws<ArgumentException>(() => GraphBuilders.Named("kNN", 1, 4)).Message);
    }

    /// <summary>
    /// Pairs of nodes, each pair one of three signals that every call gives alike, with noise of its own.
    /// </summary>
    private static ModuleActivations Signals(int seed, int[] signals)
    {
        var random = new Random(seed);
        var values = new double[Samples, 3];
        for (var s = 0; s < Samples; s++)
            for (var m = 0; m < 3; m++) values[s, m] = Math.Pow(random.NextDouble(), 4);
        var activations = new double[Samples, Math.Max(2, 2 * signals.Length)];
        for (var s = 0; s < Samples; s++)
            for (var i = 0; i < 2 * signals.Length; i++) activations[s, i] = values[s, signals[i / 2]];
        return ModuleActivations.Of(activations, signals.Length == 0 ? FeatureGraph.FromEdges(2, [])
            : FeatureGraph.Path(2).Copies(signals.Length));
    }

    private static ModuleActivations Noise(Random random, int modules)
    {
        var activations = new double[Samples, 2 * modules];
        for (var s = 0; s < Samples; s++)
            for (var i = 0; i < 2 * modules; i++) activations[s, i] = random.NextDouble();
        return ModuleActivations.Of(activations, FeatureGraph.Path(2).Copies(modules));
    }

    private static double[] Column(ModuleActivations modules, int module) =>
        [.. Enumerable.Range(0, modules.Values.GetLength(0)).Select(s => modules.Values[s, module])];
}
