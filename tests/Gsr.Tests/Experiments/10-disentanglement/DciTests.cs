using Gsr.Experiments.Disentanglement;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.Disentanglement;

public sealed class DciTests
{
    private static readonly GenerativeFactor[] Factors = Codes.Factors(1500, 1), Test = Codes.Factors(600, 2);
    private static readonly double[,] Perfect = GenerativeFactor.AsCode(Factors),
        PerfectTest = GenerativeFactor.AsCode(Test);
    private static readonly RandomForestOptions Forest = new() { Trees = 25 };

    [Fact]
    public void Scores_of_a_matrix_as_by_hand()
    {
        // Unit 0 serves factor 0 alone; unit 1 both halves alike: entropy 1 bit; unit 2 is of no use.
        var dci = Dci.OfImportances(new[,] { { 0.5, 0 }, { 0.5, 0.5 }, { 0, 0 } });
        Near.Equal([1, 0, 0], dci.DisentanglementOfUnits);
        Near.Equal([1 / 3.0, 2 / 3.0, 0], dci.UnitWeights);
        Near.Equal(1 / 3.0, dci.Disentanglement);
        Near.Equal([1 - (Math.Log(2) / Math.Log(3)), 1], dci.CompletenessOfFactors);
        // Columns sum to 1 and ½.
        Near.Equal(((2 * (1 - (Math.Log(2) / Math.Log(3)))) + 1) / 3, dci.Completeness);
    }

    [Fact]
    public void Laws_of_a_matrix()
    {
        var random = new Random(3);
        for (var round = 0; round < 200; round++)
        {
            var (units, factors) = (random.Next(1, 7), random.Next(1, 7));
            var matrix = Codes.Columns(
                units, [.. Enumerable.Range(0, factors)
                    .Select(_ => (Func<int, double>)(_ => random.Next(3) == 0 ? 0 : random.NextDouble()))]);
            var dci = Dci.OfImportances(matrix);
            Assert.InRange(dci.Disentanglement, 0, 1);
            Assert.InRange(dci.Completeness, 0, 1);
            // What disentanglement is by rows, completeness is by columns.
            var turned = Dci.OfImportances(
                Codes.Columns(
                    factors, [.. Enumerable.Range(0, units).Select(i => (Func<int, double>)(k => matrix[i, k]))]));
            Near.Equal(dci.Disentanglement, turned.Completeness);
            Near.Equal(dci.CompletenessOfFactors, turned.DisentanglementOfUnits);
            // Scale and the order of units and factors are nothing to it.
            int[] order = [.. Enumerable.Range(0, units)];
            random.Shuffle(order);
            var other = Dci.OfImportances(
                Codes.Columns(
                    units, [.. Enumerable.Range(0, factors).Reverse()
                        .Select(k => (Func<int, double>)(i => 7 * matrix[order[i], k]))]));
            Near.Equal([dci.Disentanglement, dci.Completeness], [other.Disentanglement, other.Completeness]);
            // Each unit its own group changes nothing; one group for all spreads nothing.
            Near.Equal(dci.Disentanglement, dci.Grouped([.. Enumerable.Range(0, units)]).Disentanglement);
            Assert.All(dci.Grouped(new int[units]).CompletenessOfFactors.Zip(Enumerable.Range(0, factors)),
                c => Near.Equal(Enumerable.Range(0, units).Any(i => matrix[i, c.Second] > 0) ? 1 : 0, c.First));
        }
    }

    [Fact]
    public void One_factor_one_unit_and_no_importance()
    {
        Near.Equal(
            [1, 0], [
                Dci.OfImportances(new[,] { { 0.5 }, { 0.5 } })
                    .Disentanglement, Dci.OfImportances(new[,] { { 0.5 }, { 0.5 } }).Completeness]);
        Near.Equal(
            [0, 1], [
                Dci.OfImportances(new[,] { { 0.5, 0.5 } }).Disentanglement, Dci.OfImportances(new[,] { { 0.5, 0.5 } })
                    .Completeness]);
        Assert.Equal(
            [0.0, 0.0], [
                Dci.OfImportances(new double[2, 2]).Disentanglement, Dci.OfImportances(new double[2, 2]).Completeness]);
    }

    [Fact]
    public void The_factors_themselves_score_one_also_among_noise()
    {
        foreach (var (code, test) in new[] { (Perfect, PerfectTest), (Among(Perfect, 4, 1), Among(PerfectTest, 4, 2)) })
        {
            var dci = Dci.Of(code, Factors, test, Test, Forest);
            Assert.InRange(dci.Disentanglement, 0.97, 1);
            Assert.InRange(dci.Completeness, 0.97, 1);
            Assert.InRange(dci.Informativeness, 0.98, 1);
        }

        static double[,] Among(double[,] code, int noisy, int seed)
        {
            var noise = Codes.Noise(code.GetLength(0), noisy, seed);
            return Codes.Columns(
                code.GetLength(0),
                [.. Enumerable.Range(0, noisy).Select(j => (Func<int, double>)(e => noise[e, j])),
                .. Enumerable.Range(0, 3).Select(j => (Func<int, double>)(e => code[e, j]))]);
        }
    }

    [Fact]
    public void Noise_and_constants_score_nothing()
    {
        var noise = Dci.Of(Codes.Noise(1500, 6, 1), Factors, Codes.Noise(600, 6, 2), Test, Forest);
        Assert.InRange(noise.Disentanglement, 0, 0.05);
        Assert.InRange(noise.Completeness, 0, 0.05);
        Assert.InRange(noise.Informativeness, -0.2, 0.05);
        var constant = Dci.Of(new double[1500, 3], Factors, new double[600, 3], Test, Forest);
        Assert.Equal([0.0, 0.0], [constant.Disentanglement, constant.Completeness]);
        Assert.InRange(constant.Informativeness, -0.05, 0.001);
    }

    [Fact]
    public void Twins_cost_completeness_and_not_disentanglement()
    {
        int[] twice = [0, 1, 2, 0, 1, 2];
        var dci = Dci.Of(Codes.Take(Perfect, twice), Factors, Codes.Take(PerfectTest, twice), Test, Forest);
        Assert.InRange(dci.Disentanglement, 0.97, 1);
        // Two of six units alike: 1 - log 2 / log 6 = .61; how even the halves are is chance.
        Assert.InRange(dci.Completeness, 0.5, 0.8);
        Assert.InRange(dci.Informativeness, 0.98, 1);
        // Read by twins, nothing is spread.
        Assert.InRange(dci.Grouped([0, 1, 2, 0, 1, 2]).Completeness, 0.97, 1);
    }

    [Fact]
    public void A_turned_code_is_entangled_and_as_informative()
    {
        static double[,] Turned(double[,] code) =>
            Codes.Columns(code.GetLength(0), e => code[e, 1] + (code[e, 2] / 3), e => code[e, 1] - (code[e, 2] / 3));
        var dci = Dci.Of(Turned(Perfect), Factors[1..], Turned(PerfectTest), Test[1..], Forest);
        Assert.InRange(dci.Disentanglement, 0, 0.1);
        Assert.InRange(dci.Informativeness, 0.85, 1);
    }

    [Fact]
    public void Order_scale_and_offset_of_units_matter_no_more_than_ties()
    {
        static double[,] Mixed(double[,] code) =>
            Codes.Columns(
                code.GetLength(0), e => code[e, 0] + code[e, 1], e => code[e, 1], e => code[e, 2] - code[e, 1]);
        var (code, test) = (Mixed(Perfect), Mixed(PerfectTest));
        static double[,] Other(double[,] of) =>
            Codes.Columns(of.GetLength(0), e => (4 * of[e, 2]) - 3, e => of[e, 0] / 100, e => -5 * of[e, 1]);
        Dci one = Dci.Of(code, Factors, test, Test, Forest),
            two = Dci.Of(Other(code), Factors, Other(test), Test, Forest);
        Near.Equal(
            [one.Disentanglement, one.Completeness, one.Informativeness],
            [two.Disentanglement, two.Completeness, two.Informativeness], 0.02);
    }

    [Fact]
    public void Hostile_input_is_named()
    {
        Dci Of(double[,] code, double[,] test, GenerativeFactor[]? factors = null,
            GenerativeFactor[]? testFactors = null) =>
            Dci.Of(code, factors ?? Factors, test, testFactors ?? Test, Forest);
        Assert.Throws<ArgumentException>("testCode", () => Of(new double[1500, 2], new double[600, 3]));
        Assert.Throws<ArgumentException>("factors", () => Of(new double[4, 2], new double[600, 2]));
        Assert.Throws<ArgumentException>(
            "testFactors", () => Of(new double[1500, 2], new double[600, 2], testFactors: [Test[1], Test[0], Test[2]]));
        var broken = new double[1500, 2];
        broken[3, 0] = double.NaN;
        Assert.Throws<ArgumentException>("code", () => Of(broken, new double[600, 2]));
        Assert.Throws<ArgumentException>(
            "groups", () => Dci.OfImportances(new double[,] { { 1 }, { 2 } }).Grouped([0]));
    }
}
