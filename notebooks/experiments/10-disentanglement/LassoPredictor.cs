namespace Gsr.Experiments.Disentanglement;

/// <summary>
/// A lasso per factor, its importances the sizes of the weights of the standardised units: the other predictor of Eastwood and
/// Williams 2018. It sees straight relations only.
/// </summary>
/// <remarks>
/// The last fifth of the examples chooses λ. A class is predicted by one lasso per class for its indicator, the largest answer counts,
/// and a unit's importance is the sum over classes.
/// </remarks>
public sealed class LassoPredictor : IFactorPredictor
{
    /// <inheritdoc/>
    public FactorPrediction Predict(double[,] code, GenerativeFactor factor, double[,] testCode, GenerativeFactor testFactor)
    {
        Arguments.Matrix(code, nameof(code));
        ArgumentNullException.ThrowIfNull(factor);
        ArgumentNullException.ThrowIfNull(testFactor);
        if (factor.Count < 5) throw new ArgumentException($"factor has {factor.Count} values; the choice of λ needs at least 5.", nameof(factor));
        GenerativeFactor.Check([factor], code.GetLength(0), nameof(factor));
        var first = factor.Count - (factor.Count / 5);
        var (fitted, held) = (Rows(code, 0, first), Rows(code, first, factor.Count));
        if (!factor.IsClass)
        {
            var lasso = Lasso.FitPath(fitted, factor.Values[..first], held, factor.Values[first..]);
            return new(Shares([lasso]), FactorPrediction.OfNumber(lasso.Predict(testCode), factor, testFactor));
        }

        var perClass = Enumerable.Range(0, factor.Classes).Select(k =>
        {
            var indicator = Array.ConvertAll(factor.ClassNumbers(), c => c == k ? 1.0 : 0.0);
            return Lasso.FitPath(fitted, indicator.AsSpan(..first), held, indicator.AsSpan(first..));
        }).ToArray();
        var scores = new double[testCode.GetLength(0), perClass.Length];
        for (var k = 0; k < perClass.Length; k++)
        {
            var answers = perClass[k].Predict(testCode);
            for (var e = 0; e < answers.Length; e++) scores[e, k] = answers[e];
        }

        return new(Shares(perClass), FactorPrediction.OfClass(FactorPrediction.LargestColumns(scores), factor, testFactor));
    }

    /// <summary>"lasso".</summary>
    public override string ToString() => "lasso";

    private static double[] Shares(Lasso[] fits)
    {
        var sizes = new double[fits[0].Weights().Length];
        foreach (var fit in fits)
        {
            var weights = fit.Weights();
            for (var j = 0; j < sizes.Length; j++) sizes[j] += Math.Abs(weights[j]);
        }

        var total = sizes.Sum();
        return total > 0 ? Array.ConvertAll(sizes, s => s / total) : sizes;
    }

    private static double[,] Rows(double[,] matrix, int start, int end)
    {
        var rows = new double[end - start, matrix.GetLength(1)];
        Array.Copy(matrix, start * matrix.GetLength(1), rows, 0, rows.Length);
        return rows;
    }
}
