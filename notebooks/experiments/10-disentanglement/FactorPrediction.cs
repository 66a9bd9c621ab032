using Gsr.Analysis;

namespace Gsr.Experiments.Disentanglement;

/// <summary>How a factor was predicted.</summary>
/// <param name="Importances">One per unit, not negative, summing to 1; all 0 where no unit was of use.</param>
/// <param name="Informativeness">
/// 1 less the error on the test examples over that of the best constant: the squared error for a number (so R²), the
/// share of wrong answers for a class. 1 is perfect, 0 as good as guessing, below 0 worse.
/// </param>
public sealed record FactorPrediction(double[] Importances, double Informativeness)
{
    /// <summary>
    /// Fits a random forest to a code [examples, units] and its factor, and tests it on those of other examples; its
    /// importances are the decreases of impurity.
    /// </summary>
    internal static FactorPrediction ByForest(
        double[,] code, GenerativeFactor factor, double[,] testCode, GenerativeFactor testFactor,
        RandomForestOptions options)
    {
        if (factor.IsClass)
        {
            var classes = RandomForest.Classification(code, factor.ClassNumbers(), options);
            return new(classes.Importances,
                OfClass(classes.Predict(testCode).ArgMaxOfRows(), factor, testFactor));
        }

        var numbers = RandomForest.Regression(code, factor.Values, options);
        return new(numbers.Importances, OfNumber(numbers.Predict(testCode).Column(0), factor, testFactor));
    }

    private static double OfNumber(double[] predicted, GenerativeFactor factor, GenerativeFactor test)
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

    private static double OfClass(int[] predicted, GenerativeFactor factor, GenerativeFactor test)
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
