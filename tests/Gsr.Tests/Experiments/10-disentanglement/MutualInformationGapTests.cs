using Gsr.Experiments.Disentanglement;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.Disentanglement;

public sealed class MutualInformationGapTests
{
    private const int Examples = 3000;
    private static readonly GenerativeFactor[] Factors = Codes.Factors(Examples, 1);
    private static readonly double[,] Perfect = GenerativeFactor.AsCode(Factors);

    [Fact]
    public void As_by_hand()
    {
        // Unit 0 is the class; unit 1 tells class 0 from the rest: I = log 2 of H = 1.5 log 2.
        var factor = GenerativeFactor.Class("a", [0, 0, 1, 2]);
        var code = new double[,] { { 0, 9 }, { 0, 9 }, { 1, 3 }, { 2, 3 } };
        var mig = MutualInformationGap.Of(code, [factor], bins: 3);
        Near.Equal(1, mig.InformationShares[0, 0]);
        Near.Equal(2.0 / 3, mig.InformationShares[1, 0]);
        Near.Equal(1.0 / 3, mig.Score);
        Near.Equal(1, MutualInformationGap.Of(code, [GenerativeFactor.Number("b", [1, 1, 2, 3])], bins: 3)
            .InformationShares[0, 0]);
    }

    [Fact]
    public void The_factors_themselves_score_one_but_for_what_chance_tells()
    {
        var mig = MutualInformationGap.Of(Perfect, Factors);
        Assert.All(Enumerable.Range(0, 3), k => Near.Equal(1, mig.InformationShares[k, k]));
        // (20 - 1)(20 - 1) / 2n of log 20 is .02.
        Assert.All(mig.Gaps, gap => Assert.InRange(gap, 0.97, 1));
    }

    [Fact]
    public void Twins_leave_no_gap_noise_and_constants_none_either()
    {
        Assert.Equal([0.0, 0.0, 0.0], MutualInformationGap.Of(Codes.Take(Perfect, 0, 1, 2, 0, 1, 2), Factors).Gaps);
        Assert.InRange(MutualInformationGap.Of(Codes.Noise(Examples, 5, 2), Factors).Score, 0, 0.01);
        Assert.Equal([0.0, 0.0, 0.0], MutualInformationGap.Of(new double[Examples, 4], Factors).Gaps);
        // One twin only: its factor alone loses its gap.
        var one = MutualInformationGap.Of(Codes.Take(Perfect, 0, 1, 2, 2), Factors).Gaps;
        Assert.Equal(0, one[2]);
        Assert.InRange(one[1], 0.97, 1);
    }

    [Fact]
    public void Order_scale_and_offset_of_units_and_names_of_classes_do_not_matter()
    {
        var mixed = Codes.Columns(
            Examples, e => Perfect[e, 0] + Perfect[e, 1], e => Perfect[e, 1], e => Perfect[e, 2] - Perfect[e, 1]);
        var gaps = MutualInformationGap.Of(mixed, Factors).Gaps;
        var other = Codes.Columns(Examples, e => 4 * mixed[e, 2], e => mixed[e, 0] / 8, e => -0.5 * mixed[e, 1]);
        // a negative scale moves the bounds of bins
        Near.Equal(gaps, MutualInformationGap.Of(other, Factors).Gaps, 0.01);
        Near.Equal(
            gaps, MutualInformationGap.Of(
                Codes.Columns(Examples, e => 4 * mixed[e, 2], e => mixed[e, 0] / 8, e => mixed[e, 1]), Factors).Gaps);
        int[] names = [2, 0, 1];
        var renamed = GenerativeFactor.Class("shape", Enumerable.Range(0, Examples).Select(e => names[e % 3]));
        Near.Equal(gaps, MutualInformationGap.Of(mixed, [renamed, Factors[1], Factors[2]]).Gaps);
    }

    [Fact]
    public void One_unit_has_what_it_knows_for_a_gap()
    {
        var mig = MutualInformationGap.Of(Codes.Take(Perfect, 1), [Factors[1]]);
        Near.Equal(1, mig.Score);
    }

    [Fact]
    public void Hostile_input_is_named()
    {
        var code = new double[Examples, 2];
        Assert.Throws<ArgumentException>("factors", () => MutualInformationGap.Of(new double[5, 2], Factors));
        code[7, 1] = double.NaN;
        Assert.Throws<ArgumentException>("code", () => MutualInformationGap.Of(code, Factors));
        Assert.Throws<ArgumentException>("code", () => MutualInformationGap.Of(new double[0, 2], Factors));
    }
}
