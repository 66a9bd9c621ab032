using Gsr.Graphs;

namespace Gsr.Experiments.Disentanglement;

/// <summary>
/// Disentanglement, completeness and informativeness (Eastwood and Williams 2018) from the matrix R of the relative importance of
/// each unit of a code (row) in predicting each factor (column).
/// </summary>
/// <remarks>
/// With K factors and D units, disentanglement of unit i is 1 - H_K(Rᵢ· / Σₖ Rᵢₖ), the entropy to base K: 1 where the unit serves
/// one factor. The whole is Σ ρᵢ Dᵢ with ρᵢ = Σₖ Rᵢₖ / Σ R, so that units of no use do not count. Completeness of factor j is
/// 1 - H_D(R·ⱼ / Σᵢ Rᵢⱼ): 1 where one unit tells it; the whole is the mean weighted by the columns' sums, which are all 1 for
/// importances that are shares. With a single factor there is nothing to entangle, with a single unit nothing to spread: then 1.
/// </remarks>
public sealed class Dci
{
    private readonly double[,] _importances;

    private Dci(double[,] importances, IReadOnlyList<double> informativeness)
    {
        var (units, factors) = Arguments.Matrix(importances, nameof(importances));
        foreach (var importance in importances)
            if (importance < 0) throw new ArgumentException($"importances holds {importance}; importances are not negative.", nameof(importances));
        _importances = (double[,])importances.Clone();
        InformativenessOfFactors = [.. informativeness];
        UnitWeights = Sums(units, i => Sum(factors, k => _importances[i, k]));
        var factorWeights = Sums(factors, k => Sum(units, i => _importances[i, k]));
        DisentanglementOfUnits = [.. Enumerable.Range(0, units).Select(i => OneLessEntropy(factors, k => _importances[i, k]))];
        CompletenessOfFactors = [.. Enumerable.Range(0, factors).Select(k => OneLessEntropy(units, i => _importances[i, k]))];
        Disentanglement = Math.Min(1, Sum(units, i => UnitWeights[i] * DisentanglementOfUnits[i]));
        Completeness = Math.Min(1, Sum(factors, k => factorWeights[k] * CompletenessOfFactors[k]));
    }

    /// <summary>Does a unit serve one factor only? 0 .. 1, weighted by what units are used; 0 where none is.</summary>
    public double Disentanglement { get; }

    /// <summary>Is a factor told by one unit only? 0 .. 1; 0 where none is told.</summary>
    public double Completeness { get; }

    /// <summary>How well the code tells the factors: the mean of <see cref="InformativenessOfFactors"/>; NaN where it was not measured.</summary>
    public double Informativeness => InformativenessOfFactors.Count == 0 ? double.NaN : InformativenessOfFactors.Average();

    /// <summary>Dᵢ of each unit; 0 for a unit of no use.</summary>
    public IReadOnlyList<double> DisentanglementOfUnits { get; }

    /// <summary>ρᵢ, each unit's share of all importance; all 0 where there is none.</summary>
    public IReadOnlyList<double> UnitWeights { get; }

    /// <summary>Cⱼ of each factor; 0 for one that no unit tells.</summary>
    public IReadOnlyList<double> CompletenessOfFactors { get; }

    /// <summary>Of each factor as in <see cref="FactorPrediction"/>; empty where it was not measured.</summary>
    public IReadOnlyList<double> InformativenessOfFactors { get; }

    /// <summary>R, [units, factors]; a copy.</summary>
    public double[,] Importances() => (double[,])_importances.Clone();

    /// <summary>Measures a code.</summary>
    /// <param name="code">[examples, units], finite: the predictors are fitted on these.</param>
    /// <param name="factors">The true factors of the examples.</param>
    /// <param name="testCode">[other examples, units]: informativeness is measured on these.</param>
    /// <param name="testFactors">The same factors, in the same order, of those.</param>
    /// <param name="predictor">A random forest per factor where null.</param>
    /// <exception cref="ArgumentException">Sizes or factors do not match, or a value is not finite.</exception>
    /// <example><code>Dci dci = Dci.Of(codes, GenerativeFactor.OfDigits(digits), testCodes, GenerativeFactor.OfDigits(testDigits));</code></example>
    public static Dci Of(
        double[,] code, IReadOnlyList<GenerativeFactor> factors, double[,] testCode, IReadOnlyList<GenerativeFactor> testFactors,
        IFactorPredictor? predictor = null)
    {
        var (examples, units) = Arguments.Matrix(code, nameof(code));
        var (tests, testUnits) = Arguments.Matrix(testCode, nameof(testCode));
        Arguments.Length(testUnits, units, nameof(testCode), "unit of the code");
        GenerativeFactor.Check(factors, examples, nameof(factors));
        GenerativeFactor.Check(testFactors, tests, nameof(testFactors));
        if (!factors.Select(f => (f.Name, f.IsClass)).SequenceEqual(testFactors.Select(f => (f.Name, f.IsClass))))
            throw new ArgumentException($"testFactors are {Names(testFactors)}, and factors {Names(factors)}; give the same in the same order.", nameof(testFactors));
        predictor ??= new ForestPredictor();
        var importances = new double[units, factors.Count];
        var informativeness = new double[factors.Count];
        for (var k = 0; k < factors.Count; k++)
        {
            var prediction = predictor.Predict(code, factors[k], testCode, testFactors[k]);
            informativeness[k] = prediction.Informativeness;
            for (var i = 0; i < units; i++) importances[i, k] = prediction.Importances[i];
        }

        return new Dci(importances, informativeness);
    }

    /// <summary>The scores of a matrix of importances that is there already; informativeness is not measured.</summary>
    /// <param name="importances">[units, factors], finite and not negative.</param>
    /// <exception cref="ArgumentException">It is empty, or an importance is negative or not finite.</exception>
    public static Dci OfImportances(double[,] importances) => new(importances, []);

    /// <summary>
    /// The same with groups of units for units: a group's importance is the sum of its units'. Informativeness stays: what units know
    /// together does not depend on how they are counted.
    /// </summary>
    /// <param name="groups">The group of each unit, from 0, such as <see cref="FeatureGraph.Components()"/>.</param>
    /// <exception cref="ArgumentException">There is another number of units, or a group is negative or left out.</exception>
    public Dci Grouped(ReadOnlySpan<int> groups)
    {
        var (units, factors) = (_importances.GetLength(0), _importances.GetLength(1));
        Arguments.Length(groups.Length, units, nameof(groups), "unit");
        int[] named = [.. groups.ToArray().Distinct().Order()];
        if (named[0] != 0 || named[^1] != named.Length - 1)
            throw new ArgumentException($"groups has the numbers {string.Join(", ", named)}; number the groups from 0 without gaps.", nameof(groups));
        var sums = new double[named.Length, factors];
        for (var i = 0; i < units; i++)
            for (var k = 0; k < factors; k++) sums[groups[i], k] += _importances[i, k];
        return new Dci(sums, InformativenessOfFactors);
    }

    /// <summary>Such as "D 0.31, C 0.25, I 0.84".</summary>
    public override string ToString() =>
        FormattableString.Invariant($"D {Disentanglement:F2}, C {Completeness:F2}") + (InformativenessOfFactors.Count == 0 ? "" : FormattableString.Invariant($", I {Informativeness:F2}"));

    private static string Names(IReadOnlyList<GenerativeFactor> factors) => string.Join(", ", factors.Select(f => f.Name));

    private static double Sum(int count, Func<int, double> value)
    {
        double sum = 0;
        for (var i = 0; i < count; i++) sum += value(i);
        return sum;
    }

    private static double[] Sums(int count, Func<int, double> value)
    {
        double[] sums = [.. Enumerable.Range(0, count).Select(value)];
        var total = sums.Sum();
        return total > 0 ? Array.ConvertAll(sums, s => s / total) : sums;
    }

    private static double OneLessEntropy(int count, Func<int, double> value)
    {
        var total = Sum(count, value);
        if (total <= 0) return 0;
        return count == 1 ? 1 : Math.Clamp(1 - Sum(count, i => Term(value(i) / total) / Math.Log(count)), 0, 1);

        static double Term(double p) => p > 0 ? -p * Math.Log(p) : 0;
    }
}
