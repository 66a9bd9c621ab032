using Gsr.Analysis;

namespace Gsr.Experiments.Disentanglement;

/// <summary>
/// Predicts a factor from a code and measures the importance of each unit, from which <see cref="Dci"/> is computed.
/// </summary>
public interface IFactorPredictor
{
    /// <summary>Fits on a code [examples, units] and its factor, and tests on those of other examples.</summary>
    FactorPrediction Predict(
        double[,] code, GenerativeFactor factor, double[,] testCode, GenerativeFactor testFactor);
}

/// <summary>How a factor was predicted.</summary>
/// <param name="Importances">One per unit, not negative, summing to 1; all 0 where no unit was of use.</param>
/// <param name="Informativeness">
/// 1 less the error on the test examples over that of the best constant: the squared error for a number (so R²), the
/// share of wrong answers for a class. 1 is perfect, 0 as good as guessing, below 0 worse.
/// </param>
public sealed record FactorPrediction(double[] Importances, double Informativeness)
{
    internal static double OfNumber(double[] predicted, GenerativeFactor factor, GenerativeFactor test)
    {
        double mean = 0, error = 0, constant = 0;
        foreach (var value in factor.Values) mean += value / factor.Count;
        for (var i = 0; i < predicted.Length; i++)
        {
            error += Math.Pow(test.Values[i] - predicted[i], 2);
            constant += Math.Pow(test.Values[i] - mean, 2);
        }

        return 1 - (error / constant);
    }

    internal static double OfClass(int[] predicted, GenerativeFactor factor, GenerativeFactor test)
    {
        var (truth, most) = (test.ClassNumbers(), factor.ClassNumbers().CountBy(c => c).MaxBy(pair => pair.Value).Key);
        var errors = predicted.Where((answer, i) => answer != truth[i]).Count();
        return 1 - (errors / (double)truth.Count(c => c != most));
    }

    /// <summary>Sizes as shares of their sum; zeros where it is 0.</summary>
    internal static double[] Shares(double[] sizes)
    {
        var total = sizes.Sum();
        return total > 0 ? Array.ConvertAll(sizes, size => size / total) : sizes;
    }
}

/// <summary>
/// A random forest per factor, its importances the decreases of impurity: one of the two predictors of Eastwood and
/// Williams 2018.
/// </summary>
public sealed class ForestPredictor(RandomForestOptions options) : IFactorPredictor
{
    /// <inheritdoc/>
    public FactorPrediction Predict(
        double[,] code, GenerativeFactor factor, double[,] testCode, GenerativeFactor testFactor)
    {
        if (factor.IsClass)
        {
            var forest = RandomForest.Classification(code, factor.ClassNumbers(), options);
            return new FactorPrediction(forest.Importances,
                FactorPrediction.OfClass(forest.Predict(testCode).ArgMaxOfRows(), factor, testFactor));
        }

        var regression = RandomForest.Regression(code, factor.Values, options);
        return new FactorPrediction(regression.Importances,
            FactorPrediction.OfNumber(regression.Predict(testCode).Column(0), factor, testFactor));
    }
}

/// <summary>
/// A lasso per factor, its importances the sizes of the weights of the standardised units: the other predictor of
/// Eastwood and Williams 2018. It detects linear relations only.
/// </summary>
/// <remarks>
/// The last fifth of the examples chooses λ. A class is predicted by one lasso per class for its indicator, the largest
/// answer counts, and a unit's importance is the sum over classes.
/// </remarks>
public sealed class LassoPredictor : IFactorPredictor
{
    /// <inheritdoc/>
    public FactorPrediction Predict(
        double[,] code, GenerativeFactor factor, double[,] testCode, GenerativeFactor testFactor)
    {
        var first = factor.Count - (factor.Count / 5);
        var fitted = code.SelectRows([.. Enumerable.Range(0, first)]);
        var held = code.SelectRows([.. Enumerable.Range(first, factor.Count - first)]);
        if (!factor.IsClass)
        {
            var lasso = Lasso.FitPath(fitted, factor.Values[..first], held, factor.Values[first..]);
            return new FactorPrediction(Shares([lasso]),
                FactorPrediction.OfNumber(lasso.Predict(testCode), factor, testFactor));
        }

        var perClass = Enumerable.Range(0, factor.Classes).Select(k =>
        {
            var indicator = Array.ConvertAll(factor.ClassNumbers(), c => c == k ? 1.0 : 0.0);
            return Lasso.FitPath(fitted, indicator[..first], held, indicator[first..]);
        }).ToArray();
        var answers = Array.ConvertAll(perClass, fit => fit.Predict(testCode));
        var scores = Matrices.Of(answers[0].Length, answers.Length, (e, k) => answers[k][e]);
        return new FactorPrediction(Shares(perClass),
            FactorPrediction.OfClass(scores.ArgMaxOfRows(), factor, testFactor));
    }

    private static double[] Shares(Lasso[] fits)
    {
        var sizes = new double[fits[0].Weights.Length];
        foreach (var fit in fits)
            for (var j = 0; j < sizes.Length; j++) sizes[j] += Math.Abs(fit.Weights[j]);
        return FactorPrediction.Shares(sizes);
    }
}
