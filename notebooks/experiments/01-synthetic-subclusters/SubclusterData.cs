using Gsr.Internals;

namespace Gsr.Experiments.Subclusters;

/// <summary>
/// Hierarchical sub-clusters (paper): three large clusters that differ in which module of five features is raised,
/// each of two sub-clusters that differ in one feature of that module.
/// </summary>
/// <remarks>
/// With ρ = .6 the correlation, s = 10 the shift, and c, e standard normal and independent:
/// <code>
/// y uniform on 0..5
/// x[m, f] = √ρ c[m] + √(1-ρ) e[m, f] + s [m = y div 2] + s [m = y div 2 and y odd and f = 4]
/// </code>
/// The noise has variance ρ + (1-ρ) = 1, and covariance ρ within a module since only c[m] is shared.
/// </remarks>
public sealed class SubclusterData
{
    private const int Modules = 3;
    private const int FeaturesPerModule = 5;
    private const double Correlation = 0.6;
    private const double Shift = 10;

    private SubclusterData(float[] values, int[] subClusters)
    {
        (Values, SubClusters) = (values, subClusters);
        LargeClusters = Array.ConvertAll(subClusters, label => label / 2);
    }

    /// <summary>Number of samples.</summary>
    public int Samples => SubClusters.Length;

    /// <summary>Number of features of a sample, 15; those of module m are columns 5m to 5m + 4.</summary>
    public int Features => Modules * FeaturesPerModule;

    /// <summary>Samples · Features numbers, sample by sample; not a copy.</summary>
    public float[] Values { get; }

    /// <summary>The label y of each sample, 0 to 5; not a copy.</summary>
    public int[] SubClusters { get; }

    /// <summary>y div 2 of each sample, 0 to 2: the module that is raised; not a copy.</summary>
    public int[] LargeClusters { get; }

    /// <summary>
    /// Draws a data set; equal arguments give equal data, and more samples extend fewer of the same seed.
    /// </summary>
    public static SubclusterData Generate(int samples, int seed)
    {
        const int Features = Modules * FeaturesPerModule;
        var (shared, own) = (Math.Sqrt(Correlation), Math.Sqrt(1 - Correlation));
        // The order of the draws is part of the data's definition: per sample the label, then per module the shared
        // part and each feature's own part.
        var random = new Random(seed);
        var normal = new GaussianSource(random);
        var values = new float[samples * Features];
        var labels = new int[samples];
        for (var sample = 0; sample < samples; sample++)
        {
            var label = labels[sample] = random.Next(2 * Modules);
            var row = values.AsSpan(sample * Features, Features);
            for (var module = 0; module < Modules; module++)
            {
                var common = shared * normal.Next();
                var mean = module == label / 2 ? Shift : 0;
                for (var feature = 0; feature < FeaturesPerModule; feature++)
                {
                    var raised = module == label / 2 && label % 2 == 1 && feature == FeaturesPerModule - 1;
                    row[(module * FeaturesPerModule) + feature] =
                        (float)(common + (own * normal.Next()) + mean + (raised ? Shift : 0));
                }
            }
        }

        return new SubclusterData(values, labels);
    }

    /// <summary>A copy of <see cref="Values"/> with each feature at mean 0 and (population) variance 1.</summary>
    public float[] Standardized()
    {
        var result = new float[Values.Length];
        for (var feature = 0; feature < Features; feature++)
        {
            // Two passes in double: the shift is an order of magnitude above the noise.
            double mean = 0, variance = 0;
            for (var i = feature; i < Values.Length; i += Features) mean += Values[i];
            mean /= Samples;
            for (var i = feature; i < Values.Length; i += Features)
                variance += (Values[i] - mean) * (Values[i] - mean);
            var scale = 1 / Math.Sqrt(variance / Samples);
            for (var i = feature; i < Values.Length; i += Features) result[i] = (float)((Values[i] - mean) * scale);
        }

        return result;
    }

    /// <summary>For example "60000 samples, 15 features in 3 modules, 6 sub-clusters".</summary>
    public override string ToString() =>
        $"{Samples} samples, {Features} features in {Modules} modules, {2 * Modules} sub-clusters";
}
