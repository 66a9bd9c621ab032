namespace Gsr.Data;

/// <summary>Generates the hierarchical sub-clusters of the paper's first experiment.</summary>
public static class SubclusterGenerator
{
    /// <summary>
    /// Draws examples. The label y is uniform on 0 .. 2 · modules - 1. Noise of feature f of group m is
    /// √ρ c_m + √(1 - ρ) e_mf with independent standard normal c and e, of unit variance and correlation ρ within a group.
    /// The features of group y div 2 get the shift; if y is odd, the last of them gets it twice.
    /// </summary>
    /// <param name="options">Sizes, correlation, shift and seed.</param>
    /// <returns>The same examples for the same options on every system.</returns>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public static SubclusterData Generate(SubclusterOptions options)
    {
        options.Check();
        var (modules, perModule) = (options.Modules, options.FeaturesPerModule);
        var features = modules * perModule;
        var values = new float[options.Samples * features];
        var sub = new int[options.Samples];
        var large = new int[options.Samples];
        var normal = new NormalSource(options.Seed);
        var (common, own) = (Math.Sqrt(options.Correlation), Math.Sqrt(1 - options.Correlation));
        for (var i = 0; i < options.Samples; i++)
        {
            var label = normal.NextInt(2 * modules);
            (sub[i], large[i]) = (label, label / 2);
            for (var m = 0; m < modules; m++)
            {
                var shared = common * normal.Next();
                for (var f = 0; f < perModule; f++)
                {
                    var value = shared + (own * normal.Next());
                    if (m == label / 2) value += options.Shift;
                    if (m == label / 2 && label % 2 == 1 && f == perModule - 1) value += options.Shift;
                    values[(i * features) + (m * perModule) + f] = (float)value;
                }
            }
        }

        string[] names = [.. Enumerable.Range(0, features).Select(i => $"m{i / perModule}f{i % perModule}")];
        return new SubclusterData(values, features, sub, large, names);
    }

    /// <summary>Standard normal numbers by the Box-Muller transform: System.Random has none, and its seeded sequence is fixed.</summary>
    private sealed class NormalSource(int seed)
    {
        private readonly Random _random = new(seed);
        private double? _spare;

        public int NextInt(int below) => _random.Next(below);

        public double Next()
        {
            if (_spare is { } spare)
            {
                _spare = null;
                return spare;
            }

            // 1 - u lies in (0, 1], where the logarithm is finite.
            var radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
            var (sine, cosine) = Math.SinCos(2 * Math.PI * _random.NextDouble());
            _spare = radius * sine;
            return radius * cosine;
        }
    }
}
