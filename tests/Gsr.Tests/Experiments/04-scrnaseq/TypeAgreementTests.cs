using Gsr.Analysis;
using Gsr.Experiments;
using Gsr.Experiments.ScRnaSeq;

namespace Gsr.Tests.Experiments.ScRnaSeq;

public sealed class TypeAgreementTests
{
    private static readonly int[] Types = [.. Enumerable.Range(0, 60).Select(i => i % 3)];

    [Fact]
    public void Signals_that_are_the_types_agree_and_no_signals_tell_nothing()
    {
        var perfect = Matrices.Of(
            60, 3, (cell, type) => Types[cell] == type ? 2 + (0.01 * (cell % 7)) : 0.01 * (cell % 5));
        var agreement = TypeAgreement.Of("a", [perfect, perfect, new double[60, 0]], Types);
        Assert.Equal([3, 3, 0], agreement.Signals.Values);
        Assert.Equal([1, 1, 0], agreement.Ari.Values);
        Assert.Equal([1, 1, 1.0 / 3], agreement.Accuracy.Values);
        Assert.Equal([1, 0, 0], agreement.Stability.Values);
        Assert.Equal([1, 0], agreement.Averaged(2).Ari.Values);
        Assert.Equal([0, 0], TypeAgreement.Of("a", [new double[60, 0], new double[60, 0]], Types).Stability.Values);
        Assert.Equal([double.NaN], TypeAgreement.Of("a", [perfect], Types).Stability.Values);
        Assert.Equal(Verdict.NotReached, agreement.More(agreement, a => a.Ari, "itself").Verdict);
    }

    [Fact]
    public void Neurons_are_drawn_from_all_networks_without_repetition()
    {
        double[,] first = { { 1, 2 }, { 3, 4 } }, second = { { 5 }, { 6 } };
        var drawn = TypeAgreement.Drawn([first, second], 3, seed: 4);
        Assert.Equal([1, 2, 5], drawn.Row(0).Order());
        Assert.Equal([3, 4, 6], drawn.Row(1).Order());
        Assert.Equal(2, TypeAgreement.Drawn([first, second], 2, seed: 4).GetLength(1));
    }
}
