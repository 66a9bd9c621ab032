using Gsr.Internals;

namespace Gsr.Experiments;

/// <summary>Independent modules of columns (paper, E6): each is on or off, in all 2ⁿ combinations equally often.</summary>
/// <remarks>
/// With bₘ the m-th bit of the sample's pattern, e standard normal and independent, σ the noise and c the scale, a column of
/// module m is c (bₘ + σ e). Samples stand pattern by pattern.
/// </remarks>
/// <example>
/// <code>
/// ModulePatternData data = ModulePatternGenerator.Generate(new ModulePatternOptions { Modules = 3, Seed = 7 });
/// </code></example>
public static class ModulePatternGenerator
{
    /// <summary>Draws a data set; equal options give equal data.</summary>
    /// <param name="options">The model and its seed.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    public static ModulePatternData Generate(ModulePatternOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        int columns = options.Modules * options.ColumnsPerModule;
        int samples = options.RowsPerPattern << options.Modules;
        var normal = new GaussianSource(new Random(options.Seed));
        var values = new float[samples * columns];
        var patterns = new int[samples];
        for (int sample = 0; sample < samples; sample++)
        {
            patterns[sample] = sample / options.RowsPerPattern;
            for (int column = 0; column < columns; column++)
            {
                int on = (patterns[sample] >> (column / options.ColumnsPerModule)) & 1;
                values[(sample * columns) + column] = (float)(options.Scale * (on + (options.Noise * normal.Next())));
            }
        }
        return new ModulePatternData(values, patterns, options);
    }
}
