using Gsr.Experiments.OwnData;
using Gsr.Graphs;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.OwnData;

public sealed class ModuleAgreementTests
{
    private const int Samples = 400;

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
            Near.Equal(best / many.Count, Assert.Single(ModuleAgreement.Of([a, b]).Values), 1e-5);
        }

        static IEnumerable<int[]> Injections(int count, int[] columns) => count == 0
            ? [[]]
            : from rest in Injections(count - 1, columns)
              from last in columns.Except(rest)
              select rest.Append(last)
                .ToArray();
    }

    [Fact]
    public void The_same_modules_agree_fully_whatever_their_order_and_single_ones_with_none()
    {
        var (same, turned) = (Signals(1, [0, 1, 2]), Signals(1, [2, 0, 1]));
        Assert.All(ModuleAgreement.Of([same, turned, same]).Values, value => Near.Equal(1, value, 1e-5));
        var (none, one) = (Signals(1, []), Signals(1, [0]));
        Assert.Equal([double.NaN, double.NaN, double.NaN], ModuleAgreement.Of([none, same, one]).Values);
        Assert.Throws<ArgumentOutOfRangeException>("networks", () => ModuleAgreement.Of([same]));
        var shorter = ModuleActivations.Of(new float[5, 2], FeatureGraph.Path(2));
        Assert.Throws<ArgumentException>("networks", () => ModuleAgreement.Of([same, shorter]));
    }

    /// <summary>
    /// Pairs of nodes, each pair one of three signals that every call gives alike, with noise of its own.
    /// </summary>
    private static ModuleActivations Signals(int seed, int[] signals)
    {
        var random = new Random(seed);
        var values = new float[Samples, 3];
        for (var s = 0; s < Samples; s++)
            for (var m = 0; m < 3; m++) values[s, m] = MathF.Pow(random.NextSingle(), 4);
        var activations = new float[Samples, Math.Max(2, 2 * signals.Length)];
        for (var s = 0; s < Samples; s++)
            for (var i = 0; i < 2 * signals.Length; i++) activations[s, i] = values[s, signals[i / 2]];
        return ModuleActivations.Of(activations, signals.Length == 0 ? FeatureGraph.FromEdges(2, [])
            : FeatureGraph.Path(2).Copies(signals.Length));
    }

    private static ModuleActivations Noise(Random random, int modules)
    {
        var activations = new float[Samples, 2 * modules];
        for (var s = 0; s < Samples; s++)
            for (var i = 0; i < 2 * modules; i++) activations[s, i] = random.NextSingle();
        return ModuleActivations.Of(activations, FeatureGraph.Path(2).Copies(modules));
    }

    private static double[] Column(ModuleActivations modules, int module) =>
        [.. Enumerable.Range(0, modules.Values.GetLength(0)).Select(s => (double)modules.Values[s, module])];
}
