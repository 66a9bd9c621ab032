using Gsr.Graphs;

namespace Gsr.Experiments.Disentanglement;

/// <summary>
/// Disentanglement, completeness and informativeness (Eastwood and Williams 2018) from the matrix R of the relative
/// importance of each unit of a code (row) in predicting each factor (column).
/// </summary>
/// <remarks>
/// With K factors and D units, disentanglement of unit i is 1 - H_K(Rᵢ· / Σₖ Rᵢₖ), the entropy to base K: 1 where the
/// unit encodes one factor. The whole is Σ ρᵢ Dᵢ with ρᵢ = Σₖ Rᵢₖ / Σ R, so that unused units do not count.
/// Completeness of factor j is 1 - H_D(R·ⱼ / Σᵢ Rᵢⱼ): 1 where one unit encodes it; the whole is the mean weighted by
/// the columns' sums, which are all 1 for importances that are shares. With a single factor disentanglement is 1, with
/// a single unit completeness.
/// </remarks>
public sealed class Dci
{
    private readonly double[,] _importances;

    private Dci(double[,] importances, IReadOnlyList<double> informativeness)
    {
        var (units, factors) = Arguments.Matrix(importances, nameof(importances));
        _importances = importances;
        InformativenessOfFactors = informativeness;
        UnitWeights = Shares(units, i => Sum(factors, k => importances[i, k]));
        var factorWeights = Shares(factors, k => Sum(units, i => importances[i, k]));
        DisentanglementOfUnits =
            [.. Enumerable.Range(0, units).Select(i => OneLessEntropy(factors, k => importances[i, k]))];
        CompletenessOfFactors =
            [.. Enumerable.Range(0, factors).Select(k => OneLessEntropy(units, i => importances[i, k]))];
        Disentanglement = Math.Min(1, Sum(units, i => UnitWeights[i] * DisentanglementOfUnits[i]));
        Completeness = Math.Min(1, Sum(factors, k => factorWeights[k] * CompletenessOfFactors[k]));
    }

    /// <summary>
    /// Does a unit encode one factor only? 0 .. 1, weighted by the importance of the units; 0 where none has any.
    /// </summary>
    public double Disentanglement { get; }

    /// <summary>Is a factor encoded by one unit only? 0 .. 1; 0 where none is encoded.</summary>
    public double Completeness { get; }

    /// <summary>How well the code predicts the factors: the mean of <see cref="InformativenessOfFactors"/>.</summary>
    public double Informativeness => InformativenessOfFactors.Average();

    /// <summary>Of each factor as in <see cref="FactorPrediction"/>.</summary>
    public IReadOnlyList<double> InformativenessOfFactors { get; }

    /// <summary>Dᵢ of each unit; 0 for an unused unit.</summary>
    internal double[] DisentanglementOfUnits { get; }

    /// <summary>ρᵢ, each unit's share of all importance; all 0 where there is none.</summary>
    internal double[] UnitWeights { get; }

    /// <summary>Cⱼ of each factor; 0 for one that no unit encodes.</summary>
    internal double[] CompletenessOfFactors { get; }

    /// <summary>R, [units, factors]; a copy.</summary>
    public double[,] Importances() => (double[,])_importances.Clone();

    /// <summary>
    /// Measures a code [examples, units] with the true factors of the examples; informativeness is measured on the code
    /// of other examples, with the same factors in the same order. Importances are those of a random forest per factor,
    /// one of the two predictors of the paper.
    /// </summary>
    /// <exception cref="ArgumentException">Sizes or factors do not match, or a value is not finite.</exception>
    public static Dci Of(double[,] code, IReadOnlyList<GenerativeFactor> factors, double[,] testCode,
        IReadOnlyList<GenerativeFactor> testFactors, RandomForestOptions forest)
    {
        var (examples, units) = Arguments.Matrix(code, nameof(code));
        var (tests, testUnits) = Arguments.Matrix(testCode, nameof(testCode));
        Arguments.Length(testUnits, units, nameof(testCode), "unit of the code");
        Arguments.Length(factors[0].Count, examples, nameof(factors), "example");
        Arguments.Length(testFactors[0].Count, tests, nameof(testFactors), "example");
        if (!factors.Select(f => f.Name).SequenceEqual(testFactors.Select(f => f.Name)))
        {
            throw new ArgumentException(
                "testFactors are not the factors; give the same in the same order.", nameof(testFactors));
        }

        var importances = new double[units, factors.Count];
        var informativeness = new double[factors.Count];
        for (var k = 0; k < factors.Count; k++)
        {
            var prediction = FactorPrediction.ByForest(code, factors[k], testCode, testFactors[k], forest);
            informativeness[k] = prediction.Informativeness;
            for (var i = 0; i < units; i++) importances[i, k] = prediction.Importances[i];
        }

        return new Dci(importances, informativeness);
    }

    /// <summary>The scores of a matrix of importances [units, factors]; informativeness is not measured.</summary>
    internal static Dci OfImportances(double[,] importances) => new(importances, []);

    /// <summary>
    /// The same with groups of units, numbered from 0 without gaps, such as <see cref="FeatureGraph.Components()"/>, in
    /// place of units: a group's importance is the sum of its units'. Informativeness stays: it does not depend on the
    /// grouping.
    /// </summary>
    public Dci Grouped(ReadOnlySpan<int> groups)
    {
        var (units, factors) = (_importances.GetLength(0), _importances.GetLength(1));
        Arguments.Length(groups.Length, units, nameof(groups), "unit");
        var sums = new double[groups.ToArray().Max() + 1, factors];
        for (var i = 0; i < units; i++)
            for (var k = 0; k < factors; k++) sums[groups[i], k] += _importances[i, k];
        return new Dci(sums, InformativenessOfFactors);
    }

    /// <summary>Such as "D 0.31, C 0.25, I 0.84".</summary>
    public override string ToString() => FormattableString.Invariant(
        $"D {Disentanglement:F2}, C {Completeness:F2}, I {Informativeness:F2}");

    private static double Sum(int count, Func<int, double> value)
    {
        double sum = 0;
        for (var i = 0; i < count; i++) sum += value(i);
        return sum;
    }

    private static double[] Shares(int count, Func<int, double> value) =>
        FactorPrediction.Shares([.. Enumerable.Range(0, count).Select(value)]);

    private static double OneLessEntropy(int count, Func<int, double> value)
    {
        var total = Sum(count, value);
        if (total <= 0) return 0;
        return count == 1 ? 1 : Math.Clamp(1 - Sum(count, i => Term(value(i) / total) / Math.Log(count)), 0, 1);

        static double Term(double p) => p > 0 ? -p * Math.Log(p) : 0;
    }
}
