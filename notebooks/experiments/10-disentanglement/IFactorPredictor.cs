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
