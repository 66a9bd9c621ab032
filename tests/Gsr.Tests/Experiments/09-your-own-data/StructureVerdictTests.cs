using Gsr.Analysis.Metrics;
using Gsr.Experiments.OwnData;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.OwnData;

public sealed class StructureVerdictTests
{
    [Fact]
    public void Groups_of_cells_are_counted_found_and_supported()
    {
        var (inputs, groups) = Networks.Groups(600, 4, 5, seed: 1);
        var verdict = StructureVerdict.Of(Networks.Of(inputs), Null(inputs, 1), Null(inputs, 2));
        Assert.True(verdict.IsSupported, verdict.ToString());
        Assert.Equal(4, verdict.Choice.Chosen);
        Near.Equal(1, Partition.AdjustedRandIndex(verdict.Classes.Numbers, groups));
        Near.Equal(1, verdict.Classes.Agreement.Mean);
        Assert.Equal(2, verdict.OfNulls.Count);
        Assert.InRange(verdict.Gap.Value, 0.3, 3);
    }

    [Fact]
    public void A_null_in_the_place_of_the_data_is_warned_of()
    {
        var (inputs, _) = Networks.Groups(600, 4, 5, seed: 2);
        for (var seed = 0; seed < 10; seed++)
        {
            var verdict = StructureVerdict.Of(
                Networks.Of(MatchedNull.Of(inputs, seed + 50)), Null(inputs, seed), Null(inputs, seed + 20));
            Assert.False(verdict.IsSupported, verdict.ToString());
            Assert.StartsWith("WARNING", verdict.Sentences[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Networks_that_disagree_are_warned_of_whatever_the_gap()
    {
        // What each network sees of the cells is its own.
        var (inputs, _) = Networks.Groups(400, 4, 5, seed: 3);
        var blind = Networks.Of(inputs, noise: 100);
        var verdict = StructureVerdict.Of(blind, Null(inputs, 1));
        Assert.False(verdict.IsSupported);
        Assert.Contains(verdict.Sentences, sentence => sentence.Contains("Another seed", StringComparison.Ordinal));
    }

    [Fact]
    public void One_module_or_two_cells_more_than_classes_are_no_error()
    {
        var (inputs, _) = Networks.Groups(20, 2, 3, seed: 4);
        var verdict = StructureVerdict.Of(Networks.Of(inputs, networks: 2, modules: 1), Null(inputs, 1));
        Assert.Equal(20, verdict.Classes.Numbers.Length);
        var constant = Networks.Of(new float[30, 3], noise: 0);
        Assert.False(StructureVerdict.Of(constant, constant).IsSupported);
    }

    [Fact]
    public void Without_a_null_or_with_one_network_there_is_no_verdict()
    {
        var (inputs, _) = Networks.Groups(40, 2, 3, seed: 5);
        Assert.Throws<ArgumentException>("nulls", () => StructureVerdict.Of(Networks.Of(inputs)));
        Assert.Throws<ArgumentOutOfRangeException>(
            "networks", () => StructureVerdict.Of(Networks.Of(inputs, networks: 1), Null(inputs, 1)));
    }

    private static TrainedModules Null(float[,] inputs, int seed) =>
        Networks.Of(MatchedNull.Of(inputs, seed), seed: seed + 7);
}
