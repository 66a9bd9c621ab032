using Gsr.Experiments.Disentanglement;
using Gsr.Tests.Graphs;
using TorchSharp;

namespace Gsr.Tests.Experiments.Disentanglement;

public sealed class WorldScoresTests
{
    private static readonly RandomForestOptions Forest = new() { Trees = 5 };

    [Fact]
    public void Worlds_have_their_factors_and_share_no_image()
    {
        var all = DigitWorld.AllDigits(20, 40, 3);
        var one = DigitWorld.OneHand(20, 40, 3);
        Assert.Equal(
            ["digit", "rotation", "slant", "thickness", "scale", "shift x", "shift y"],
            all.Results.Factors.Select(f => f.Name));
        Assert.Equal(
            ["rotation", "thickness", "scale", "shift x", "shift y"], one.Results.Factors.Select(f => f.Name));
        Assert.Equal((40, 20), (all.Choices.Factors[0].Count, all.Choices.TestFactors[0].Count));
        torch.Tensor[] sets =
            [one.Training, one.Results.Images, one.Results.Tests, one.Choices.Images, one.Choices.Tests];
        Assert.Equal(5, sets.Select(set => set.sum().ToDouble()).Distinct().Count());
    }

    [Fact]
    public void Principal_components_reconstruct_best_with_all_of_them()
    {
        var world = DigitWorld.OneHand(60, 20, 1);
        var (few, many) = (world.PrincipalComponents(2), world.PrincipalComponents(40));
        Assert.Equal((20, 2, 10), (few.Codes.GetLength(0), few.Codes.GetLength(1), few.Tests.GetLength(0)));
        Assert.True(many.Error < few.Error / 2);
    }

    [Fact]
    public void Differences_are_paired_and_twins_group_better_than_strangers()
    {
        GenerativeFactor[] factors = Codes.Factors(300, 1), test = Codes.Factors(200, 2);
        double[,] code = GenerativeFactor.AsCode(factors), testCode = GenerativeFactor.AsCode(test);
        int[] twice = [0, 0, 1, 1, 2, 2];
        CodeScores Score(double[,] c, double[,] t) =>
            new(Dci.Of(c, factors, t, test, Forest), MutualInformationGap.Of(c, factors));
        CodeScores perfect = Score(code, testCode), twins = Score(Codes.Take(code, twice), Codes.Take(testCode, twice));
        MethodScores good = new("good", "neurons", [perfect, perfect], new([1, 1])),
            twinned = new("twins", "neurons", [twins, twins], new([1, 1]));
        WorldScores world = new(DigitWorld.OneHand(10, 20, 1), [good, twinned]);
        Assert.Equal(perfect.C - twins.C, world.Difference("good · neurons", "twins · neurons", s => s.C).Mean, 1e-12);
        Near.Equal(twins.D, twinned.Grouped(twice).Mean, 0.02);
        Assert.True(twinned.Dealt(twice, 1).Mean < twinned.Grouped(twice).Mean - 0.2);
        Assert.Equal(2, world.Table().Length);
    }

    [Fact]
    public void The_weight_of_highest_disentanglement_is_taken_for_each_method()
    {
        WeightTrial Of(string name, double weight, double d) =>
            new(new Method(name, weight, (_, _, _) => throw new NotSupportedException()), "neurons", d, 1);
        WeightTrial[] trials = [Of("a", 1, 0.2), Of("a", 2, 0.5), Of("b", 3, 0.1)];
        Assert.Equal([2, 3], WeightTrial.Best(trials).Select(m => m.Weight));
        Assert.Equal(3, WeightTrial.Table(trials).Length);
    }
}
