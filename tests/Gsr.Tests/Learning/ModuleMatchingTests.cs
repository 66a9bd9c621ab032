using Gsr.Learning;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Learning;

public sealed class ModuleMatchingTests
{
    [Fact]
    public void Renamed_partitions_are_matched_completely()
    {
        int[] first = [0, 0, 1, 1, 2, 2, -1], second = [7, 7, 3, 3, 5, 5, -1];
        Assert.Equal([new ModuleMatch(0, 7, 1), new ModuleMatch(1, 3, 1), new ModuleMatch(2, 5, 1)], ModuleMatching.ByNodes(first, second));
        Assert.Equal(first, ModuleMatching.Renamed(second, ModuleMatching.ByNodes(first, second)));
    }

    [Fact]
    public void Modules_in_excess_have_no_match_and_get_new_names()
    {
        int[] first = [0, 0, 0, 0, 1, 1, 1], second = [5, 5, 6, 6, 7, 7, 7];
        var matches = ModuleMatching.ByNodes(first, second);
        Assert.Equal([new ModuleMatch(0, 5, 0.5), new ModuleMatch(1, 7, 1)], matches);
        Assert.Equal([0, 0, 2, 2, 1, 1, 1], ModuleMatching.Renamed(second, matches));
        Assert.Equal([new ModuleMatch(5, 0, 0.5), new ModuleMatch(7, 1, 1)], ModuleMatching.ByNodes(second, first));
        Assert.Empty(ModuleMatching.ByNodes([-1, -1], [0, 1]));
    }

    [Fact]
    public void No_other_assignment_has_more_nodes_in_common()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            int[] first = [.. Enumerable.Range(0, 20).Select(_ => random.Next(4))], second = [.. Enumerable.Range(0, 20).Select(_ => random.Next(1, 6))];
            var reached = ModuleMatching.ByNodes(first, second).Sum(m => Common(m.First, m.Second));
            var best = Injections(4, [1, 2, 3, 4, 5]).Max(taken => taken.Select((b, a) => Common(a, b)).Sum());
            Assert.Equal(best, reached);

            int Common(int a, int b) => Enumerable.Range(0, 20).Count(i => first[i] == a && second[i] == b);
        }

        static IEnumerable<int[]> Injections(int count, int[] columns) => count == 0
            ? [[]]
            : from rest in Injections(count - 1, columns) from last in columns.Except(rest) select rest.Append(last).ToArray();
    }

    [Fact]
    public void Networks_of_two_seeds_are_matched_by_what_their_modules_say()
    {
        // The second has the first's three signals, one of them with its sign turned, on other nodes and at other scales.
        var random = new Random(1);
        var signals = Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 60).Select(_ => random.NextDouble()).ToArray()).ToArray();
        int[] first = [0, 0, 1, 1, 2], second = [4, 3, 3, 9, 4];
        var matches = ModuleMatching.ByActivations(
            Layer(first, label => (label, 1)), first,
            Layer(second, label => label switch { 4 => (2, 5), 3 => (0, -2), _ => (1, 0.1) }), second);
        Assert.Equal([(0, 3), (1, 9), (2, 4)], matches.Select(m => (m.First, m.Second)));
        Assert.All(matches, m => Near.Equal(1, m.Score, 1e-6));

        NodeActivations Layer(int[] labels, Func<int, (int Signal, double Factor)> of)
        {
            var matrix = new double[60, labels.Length];
            for (var s = 0; s < 60; s++)
                for (var i = 0; i < labels.Length; i++) matrix[s, i] = 3 + (of(labels[i]).Factor * signals[of(labels[i]).Signal][s]);
            return NodeActivations.From(matrix);
        }
    }

    [Fact]
    public void Constant_modules_score_0_and_other_samples_are_refused()
    {
        var dead = NodeActivations.From(new double[4, 2]);
        var live = NodeActivations.From(new double[,] { { 1, 2 }, { 3, 1 }, { 0, 0 }, { 1, 1 } });
        Assert.Equal([new ModuleMatch(0, 0, 0)], ModuleMatching.ByActivations(dead, [0, 0], live, [0, 0]));
        Assert.Contains("4 samples and secondActivations 3", Assert.Throws<ArgumentException>(
            () => ModuleMatching.ByActivations(live, [0, 0], NodeActivations.From(new double[3, 2]), [0, 0])).Message);
        Assert.Contains("first holds 1 values", Assert.Throws<ArgumentException>(() => ModuleMatching.ByActivations(live, [0], live, [0, 0])).Message);
    }
}
