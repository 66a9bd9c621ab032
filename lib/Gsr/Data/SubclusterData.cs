namespace Gsr.Data;

/// <summary>Examples with a two-level cluster structure.</summary>
public sealed class SubclusterData
{
    internal SubclusterData(float[] values, int features, int[] subClusters, int[] largeClusters, string[] featureNames) =>
        (Values, Features, SubClusters, LargeClusters, FeatureNames) = (values, features, subClusters, largeClusters, featureNames);

    /// <summary>Number of examples.</summary>
    public int Samples => SubClusters.Length;

    /// <summary>Number of features.</summary>
    public int Features { get; }

    /// <summary>[Samples, Features], row by row.</summary>
    public float[] Values { get; }

    /// <summary>The sub-cluster of each example, 0 .. 2 · modules - 1.</summary>
    public int[] SubClusters { get; }

    /// <summary>The large cluster of each example: sub-cluster div 2.</summary>
    public int[] LargeClusters { get; }

    /// <summary>Such as "m0f1": feature 1 of group 0.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The values with zero mean and unit variance per feature; a feature that does not vary is 0.</summary>
    /// <returns>[Samples, Features], row by row; the caller's.</returns>
    public float[] Standardized()
    {
        var standardized = new float[Values.Length];
        for (var feature = 0; feature < Features; feature++)
        {
            double sum = 0;
            for (var i = feature; i < Values.Length; i += Features) sum += Values[i];
            var mean = sum / Samples;
            double squares = 0;
            for (var i = feature; i < Values.Length; i += Features) squares += (Values[i] - mean) * (Values[i] - mean);
            var deviation = Math.Sqrt(squares / Samples);
            if (deviation == 0) continue;
            for (var i = feature; i < Values.Length; i += Features) standardized[i] = (float)((Values[i] - mean) / deviation);
        }

        return standardized;
    }

    /// <summary>Such as "60,000 examples of 15 features in 3 large clusters of 2 sub-clusters".</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Samples:n0} examples of {Features} features in {FeatureNames.Select(n => n.Split('f')[0]).Distinct().Count()} large clusters of 2 sub-clusters");
}
