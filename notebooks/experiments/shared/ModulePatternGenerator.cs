using Gsr.Internals;

namespace Gsr.Experiments;

/// <summary>
/// Independent modules of columns (paper): each is on or off, in all 2ⁿ combinations equally often.
/// </summary>
/// <remarks>
/// With bₘ the m-th bit of the sample's pattern, e standard normal and independent, σ the noise and c the scale, a
/// column of module m is c (bₘ + σ e), one of noise c σ e. Samples stand pattern by pattern.
/// </remarks>
public static class ModulePatternGenerator
{
    /// <summary>Draws a data set; equal options give equal data.</summary>
    /// <exception cref="ArgumentException">There is no module, or the values do not fit one array.</exception>
    public static ModulePatternData Generate(ModulePatternOptions options)
    {
        if (options.NoiseColumns < 0)
        {
            throw new ArgumentException(
                $"NoiseColumns is {options.NoiseColumns}; it must be 0 or more.", nameof(options));
        }
        if (options.Modules is < 1 or > 16)
            throw new ArgumentException($"Modules is {options.Modules}; it must be 1 to 16.", nameof(options));
        var columns = (options.Modules * options.ColumnsPerModule) + options.NoiseColumns;
        var samples = options.RowsPerPattern << options.Modules;
        if ((double)options.RowsPerPattern * (1 << options.Modules) * columns > Array.MaxLength)
        {
            throw new ArgumentException($"RowsPerPattern is {options.RowsPerPattern}; "
                + "it must be fewer: the values do not fit one array.", nameof(options));
        }

        var normal = new GaussianSource(new Random(options.Seed));
        var values = new float[samples * columns];
        var patterns = new int[samples];
        for (var sample = 0; sample < samples; sample++)
        {
            patterns[sample] = sample / options.RowsPerPattern;
            for (var column = 0; column < columns; column++)
            {
                // A bit beyond the pattern's is 0: the columns of noise.
                var on = (patterns[sample] >> Math.Min(column / options.ColumnsPerModule, options.Modules)) & 1;
                values[(sample * columns) + column] = (float)(options.Scale * (on + (options.Noise * normal.Next())));
            }
        }

        return new ModulePatternData(values, patterns, options);
    }
}
