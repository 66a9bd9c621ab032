using Gsr.Analysis;

namespace Gsr.Experiments.Disentanglement;

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
