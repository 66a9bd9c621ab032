using Gsr.Experiments.Disentanglement;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.Disentanglement;

public sealed class MutualInformationGapTests
{
    private const int Examples = 3000;
    private static readonly GenerativeFactor[] s_factors = Codes.Factors(Examples, 1);
    private static readonly double[,] s_perfect = GenerativeFactor.AsCode(s_factors);

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
        Near.Equal(1, MutualInformationGap.Of(code, [GenerativeFactor.Number("b", [1, 1, 2, 3])], bins: 3).InformationShares[0, 0]);
    }

    [Fact]
    public void The_factors_themselves_score_one_but_for_what_chance_tells()
    {
        var mig = MutualInformationGap.Of(s_perfect, s_factors);
        Assert.All(Enumerable.Range(0, 3), k => Near.Equal(1, mig.InformationShares[k, k]));
        // (20 - 1)(20 - 1) / 2n of log 20 is .02.
        Assert.All(mig.Gaps, gap => Assert.InRange(gap, 0.97, 1));
    }

    [Fact]
    public void Twins_leave_no_gap_noise_and_constants_none_either()
    {
        Assert.Equal([0.0, 0.0, 0.0], MutualInformationGap.Of(Codes.Take(s_perfect, 0, 1, 2, 0, 1, 2), s_factors).Gaps);
        Assert.InRange(MutualInformationGap.Of(Codes.Noise(Examples, 5, 2), s_factors).Score, 0, 0.01);
        Assert.Equal([0.0, 0.0, 0.0], MutualInformationGap.Of(new double[Examples, 4], s_factors).Gaps);
        // One twin only: its factor alone loses its gap.
        var one = MutualInformationGap.Of(Codes.Take(s_perfect, 0, 1, 2, 2), s_factors).Gaps;
        Assert.Equal(0, one[2]);
        Assert.InRange(one[1], 0.97, 1);
    }

    [Fact]
    public void Order_scale_and_offset_of_units_and_names_of_classes_do_not_matter()
    {
        var mixed = Codes.Columns(Examples, e => s_perfect[e, 0] + s_perfect[e, 1], e => s_perfect[e, 1], e => s_perfect[e, 2] - s_perfect[e, 1]);
        var gaps = MutualInformationGap.Of(mixed, s_factors).Gaps;
        var other = Codes.Columns(Examples, e => 4 * mixed[e, 2], e => mixed[e, 0] / 8, e => -0.5 * mixed[e, 1]);
        Near.Equal(gaps, MutualInformationGap.Of(other, s_factors).Gaps, 0.01); // a negative scale moves the bounds of bins
        Near.Equal(gaps, MutualInformationGap.Of(Codes.Columns(Examples, e => 4 * mixed[e, 2], e => mixed[e, 0] / 8, e => mixed[e, 1]), s_factors).Gaps);
        int[] names = [2, 0, 1];
        var renamed = GenerativeFactor.Class("shape", Enumerable.Range(0, Examples).Select(e => names[e % 3]));
        Near.Equal(gaps, MutualInformationGap.Of(mixed, [renamed, s_factors[1], s_factors[2]]).Gaps);
    }

    [Fact]
    public void One_unit_has_what_it_knows_for_a_gap()
    {
        var mig = MutualInformationGap.Of(Codes.Take(s_perfect, 1), [s_factors[1]]);
        Near.Equal(1, mig.Score);
    }

    [Fact]
    public void Hostile_input_is_named()
    {
        var code = new double[Examples, 2];
        Assert.Contains("factors holds 3000 values; expected 5", Assert.Throws<ArgumentException>(() => MutualInformationGap.Of(new double[5, 2], s_factors)).Message);
        code[7, 1] = double.NaN;
        Assert.Contains("code[7, 1] is NaN", Assert.Throws<ArgumentException>(() => MutualInformationGap.Of(code, s_factors)).Message);
        Assert.Contains("at least one row", Assert.Throws<ArgumentException>(() => MutualInformationGap.Of(new double[0, 2], s_factors)).Message);
    }
}
