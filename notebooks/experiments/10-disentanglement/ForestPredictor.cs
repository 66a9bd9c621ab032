namespace Gsr.Experiments.Disentanglement;

/// <summary>A random forest per factor, its importances the falls of impurity: one of the two predictors of Eastwood and Williams 2018.</summary>
/// <param name="options">Defaults where null.</param>
public sealed class ForestPredictor(RandomForestOptions? options = null) : IFactorPredictor
{
    /// <inheritdoc/>
    public FactorPrediction Predict(double[,] code, GenerativeFactor factor, double[,] testCode, GenerativeFactor testFactor)
    {
        ArgumentNullException.ThrowIfNull(factor);
        ArgumentNullException.ThrowIfNull(testFactor);
        if (factor.IsClass)
        {
            var forest = RandomForest.Classification(code, factor.ClassNumbers(), options);
            return new(forest.Importances(), FactorPrediction.OfClass(FactorPrediction.LargestColumns(forest.Predict(testCode)), factor, testFactor));
        }

        var regression = RandomForest.Regression(code, factor.Values, options);
        return new(regression.Importances(), FactorPrediction.OfNumber([.. regression.Predict(testCode).Cast<double>()], factor, testFactor));
    }

    /// <summary>Such as "random forest, 50 trees".</summary>
    public override string ToString() => $"random forest, {(options ?? new()).Trees} trees";
}
