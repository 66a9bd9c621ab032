namespace Gsr.Experiments.Disentanglement;

/// <summary>Predicts a factor from a code, and says how much each unit had to do with it: what <see cref="Dci"/> is made from.</summary>
public interface IFactorPredictor
{
    /// <summary>Fits on some examples and tests on others.</summary>
    /// <param name="code">[examples, units], finite.</param>
    /// <param name="factor">The factor of these examples.</param>
    /// <param name="testCode">[other examples, units].</param>
    /// <param name="testFactor">The same factor of those.</param>
    FactorPrediction Predict(double[,] code, GenerativeFactor factor, double[,] testCode, GenerativeFactor testFactor);
}

/// <summary>How a factor was predicted.</summary>
/// <param name="Importances">One per unit, not negative, summing to 1; all 0 where no unit was of use.</param>
/// <param name="Informativeness">
/// 1 less the error on the test examples over that of the best constant: the squared error for a number (so R²), the share of wrong
/// answers for a class. 1 is perfect, 0 as good as guessing, below 0 worse.
/// </param>
public sealed record FactorPrediction(double[] Importances, double Informativeness)
{
    internal static double OfNumber(ReadOnlySpan<double> predicted, GenerativeFactor factor, GenerativeFactor test)
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

    internal static double OfClass(ReadOnlySpan<int> predicted, GenerativeFactor factor, GenerativeFactor test)
    {
        var (truth, most) = (test.ClassNumbers(), factor.ClassNumbers().CountBy(c => c).MaxBy(pair => pair.Value).Key);
        int errors = 0, constant = 0;
        for (var i = 0; i < truth.Length; i++)
        {
            if (predicted[i] != truth[i]) errors++;
            if (most != truth[i]) constant++;
        }

        return 1 - (errors / (double)constant);
    }

    internal static int[] LargestColumns(double[,] scores)
    {
        var largest = new int[scores.GetLength(0)];
        for (var e = 0; e < largest.Length; e++)
        {
            for (var k = 1; k < scores.GetLength(1); k++)
                if (scores[e, k] > scores[e, largest[e]]) largest[e] = k;
        }

        return largest;
    }
}
