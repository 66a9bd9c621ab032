namespace Gsr.Experiments.Subclusters;

/// <summary>Samples of <see cref="SubclusterGenerator"/> with both levels of labels, in managed arrays.</summary>
public sealed class SubclusterData
{
    internal SubclusterData(float[] values, int[] subClusters, int modules, int featuresPerModule)
    {
        (Values, SubClusters) = (values, subClusters);
        (Modules, FeaturesPerModule) = (modules, featuresPerModule);
        LargeClusters = Array.ConvertAll(subClusters, label => label / 2);
        FeatureNames = [.. from module in Enumerable.Range(0, modules)
                           from feature in Enumerable.Range(0, featuresPerModule)
                           select $"m{module}f{feature}"];
    }

    /// <summary>Number of samples.</summary>
    public int Samples => SubClusters.Length;

    /// <summary>Number of features of a sample: modules times features per module.</summary>
    public int Features => Modules * FeaturesPerModule;

    /// <summary>Number of modules, which is the number of large clusters.</summary>
    public int Modules { get; }

    /// <summary>Features of a module; those of module m are columns m·F to m·F + F-1.</summary>
    public int FeaturesPerModule { get; }

    /// <summary>Samples · Features numbers, sample by sample; not a copy.</summary>
    public float[] Values { get; }

    /// <summary>The label y of each sample, 0 to 2·Modules - 1; not a copy.</summary>
    public int[] SubClusters { get; }

    /// <summary>y div 2 of each sample, 0 to Modules - 1: the module that is raised; not a copy.</summary>
    public int[] LargeClusters { get; }

    /// <summary>"m0f0" to "m2f4" for three modules of five features, in the order of the columns.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>
    /// A copy of <see cref="Values"/> with each feature at mean 0 and (population) variance 1; a constant feature is 0.
    /// </summary>
    public float[] Standardized()
    {
        var result = new float[Values.Length];
        for (int feature = 0; feature < Features; feature++)
        {
            // Two passes in double: the shift is an order of magnitude above the noise.
            double mean = 0, variance = 0;
            float first = Values[feature];
            bool constant = true;
            for (int i = feature; i < Values.Length; i += Features)
            {
                mean += Values[i];
                constant &= Values[i] == first;
            }
            // Asked of the values, not of the variance: rounding of the mean may leave a tiny one behind.
            if (constant) continue;
            mean /= Samples;
            for (int i = feature; i < Values.Length; i += Features)
                variance += (Values[i] - mean) * (Values[i] - mean);
            double scale = 1 / Math.Sqrt(variance / Samples);
            for (int i = feature; i < Values.Length; i += Features)
                result[i] = (float)((Values[i] - mean) * scale);
        }
        return result;
    }

    /// <summary>For example "60000 samples, 15 features in 3 modules, 6 sub-clusters".</summary>
    public override string ToString() =>
        $"{Samples} samples, {Features} features in {Modules} modules, {2 * Modules} sub-clusters";
}
