using Gsr.Analysis;

namespace Gsr.Experiments.Disentanglement;

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
