using Gsr.Internals;

namespace Gsr.Experiments.Subclusters;

/// <summary>
/// Hierarchical sub-clusters (paper, E1): large clusters that differ in which module of features is raised, each made
/// of two sub-clusters that differ in one feature of that module.
/// </summary>
/// <remarks>
/// With ρ the correlation, s the shift, M modules of F features, and c, e standard normal and independent:
/// <code>
/// y uniform on 0..2M-1
/// x[m, f] = √ρ c[m] + √(1-ρ) e[m, f] + s [m = y div 2] + s [m = y div 2 and y odd and f = F-1]
/// </code>
/// The noise has variance ρ + (1-ρ) = 1, and covariance ρ within a module since only c[m] is shared.
/// </remarks>
/// <example>
/// <code>
/// SubclusterData data = SubclusterGenerator.Generate(new SubclusterOptions { Samples = 1_000, Seed = 7 });
/// float[] inputs = data.Standardized();   // 1,000 rows of 15
/// </code>
/// </example>
public static class SubclusterGenerator
{
    /// <summary>Draws a data set; equal options give equal data.</summary>
    /// <param name="options">The model and its seed; the paper's E1 when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    public static SubclusterData Generate(SubclusterOptions? options = null)
    {
        options ??= new SubclusterOptions();
        options.Check();
        (int modules, int perModule) = (options.Modules, options.FeaturesPerModule);
        int features = modules * perModule;
        double shared = Math.Sqrt(options.Correlation);
        double own = Math.Sqrt(1 - options.Correlation);

        // The order of the draws is part of the data's definition: per sample the label, then per module the shared
        // part and each feature's own part. A larger Samples therefore extends a smaller one of the same seed.
        var random = new Random(options.Seed);
        var normal = new GaussianSource(random);
        var values = new float[options.Samples * features];
        var labels = new int[options.Samples];
        for (int sample = 0; sample < labels.Length; sample++)
        {
            int label = labels[sample] = random.Next(2 * modules);
            Span<float> row = values.AsSpan(sample * features, features);
            for (int module = 0; module < modules; module++)
            {
                double common = shared * normal.Next();
                double mean = module == label / 2 ? options.Shift : 0;
                for (int feature = 0; feature < perModule; feature++)
                {
                    bool raised = module == label / 2 && label % 2 == 1 && feature == perModule - 1;
                    row[(module * perModule) + feature] =
                        (float)(common + (own * normal.Next()) + mean + (raised ? options.Shift : 0));
                }
            }
        }
        return new SubclusterData(values, labels, modules, perModule);
    }
}
