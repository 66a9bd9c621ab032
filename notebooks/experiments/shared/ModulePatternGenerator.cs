using Gsr.Internals;

namespace Gsr.Experiments;

/// <summary>The model of <see cref="ModulePatternGenerator"/>; the defaults are those of the paper's E6.</summary>
public sealed record ModulePatternOptions
{
    /// <summary>n, the number of modules, 1 to 16; the data have 2ⁿ patterns.</summary>
    public required int Modules { get; init; }

    /// <summary>Columns of a module; 50 by default.</summary>
    public int ColumnsPerModule { get; init; } = 50;

    /// <summary>
    /// Rows of each pattern; 1,000 by default, which for n = 8 are 256,000 rows of 400 columns, 410 MB.
    /// </summary>
    public int RowsPerPattern { get; init; } = 1000;

    /// <summary>Standard deviation of the noise on the values 0 and 1; 0.1 by default.</summary>
    public double Noise { get; init; } = 0.1;

    /// <summary>What all values are multiplied by, noise included; 10 by default.</summary>
    public double Scale { get; init; } = 10;

    /// <summary>Equal seeds and options give equal data; 0 by default.</summary>
    public int Seed { get; init; }
}

/// <summary>
/// Independent modules of columns (paper, E6): each is on or off, in all 2ⁿ combinations equally often.
/// </summary>
/// <remarks>
/// With bₘ the m-th bit of the sample's pattern, e standard normal and independent, σ the noise and c the scale, a
/// column of module m is c (bₘ + σ e). Samples stand pattern by pattern.
/// </remarks>
public static class ModulePatternGenerator
{
    /// <summary>Draws a data set; equal options give equal data.</summary>
    /// <exception cref="ArgumentException">There is no module, or the values do not fit one array.</exception>
    public static ModulePatternData Generate(ModulePatternOptions options)
    {
        if (options.Modules is < 1 or > 16)
            throw new ArgumentException($"Modules is {options.Modules}; it must be 1 to 16.", nameof(options));
        var columns = options.Modules * options.ColumnsPerModule;
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
                var on = (patterns[sample] >> (column / options.ColumnsPerModule)) & 1;
                values[(sample * columns) + column] = (float)(options.Scale * (on + (options.Noise * normal.Next())));
            }
        }

        return new ModulePatternData(values, patterns, options);
    }
}

/// <summary>Samples of <see cref="ModulePatternGenerator"/>.</summary>
/// <param name="Values">[samples, columns], sample by sample; not a copy.</param>
/// <param name="Patterns">The pattern of each sample: bit m says whether module m is on; not a copy.</param>
/// <param name="Options">The model.</param>
public sealed record ModulePatternData(float[] Values, int[] Patterns, ModulePatternOptions Options)
{
    /// <summary>Number of samples, rows per pattern times 2ⁿ.</summary>
    public int Samples => Patterns.Length;

    /// <summary>Number of columns.</summary>
    public int Columns => Options.Modules * Options.ColumnsPerModule;

    /// <summary>1 where a module is on in a sample, else 0.</summary>
    public int IsOn(int sample, int module) => (Patterns[sample] >> module) & 1;

    /// <summary>
    /// The null model: every column keeps its values in a random order of its own, so that no module is left.
    /// </summary>
    public float[] ShuffledColumns(int seed)
    {
        var shuffled = new float[Values.Length];
        var order = new int[Samples];
        for (var column = 0; column < Columns; column++)
        {
            for (var i = 0; i < order.Length; i++) order[i] = i;
            new SplitMix64(seed, 1, column).Shuffle(order);
            for (var i = 0; i < order.Length; i++)
                shuffled[(i * Columns) + column] = Values[(order[i] * Columns) + column];
        }

        return shuffled;
    }

    /// <summary>For example "8000 samples, 150 columns in 3 modules, 8 patterns".</summary>
    public override string ToString() =>
        $"{Samples} samples, {Columns} columns in {Options.Modules} modules, {1 << Options.Modules} patterns";
}
