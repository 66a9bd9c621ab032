using Gsr.Internals;

namespace Gsr.Experiments;

/// <summary>Samples of <see cref="ModulePatternGenerator"/>.</summary>
/// <param name="Values">[samples, columns], sample by sample; not a copy.</param>
/// <param name="Patterns">The pattern of each sample: bit m says whether module m is on; not a copy.</param>
/// <param name="Options">The model.</param>
public sealed record ModulePatternData(float[] Values, int[] Patterns, ModulePatternOptions Options)
{
    /// <summary>Number of samples, rows per pattern times 2ⁿ.</summary>
    public int Samples => Patterns.Length;

    /// <summary>Number of columns.</summary>
    public int Columns => (Options.Modules * Options.ColumnsPerModule) + Options.NoiseColumns;

    /// <summary>1 where a module is on in a sample, else 0.</summary>
    public int IsOn(int sample, int module) => (Patterns[sample] >> module) & 1;

    /// <summary>Which modules are on, 1 or 0, [samples, modules].</summary>
    public double[,] States()
    {
        var states = new double[Samples, Options.Modules];
        for (var sample = 0; sample < Samples; sample++)
            for (var module = 0; module < Options.Modules; module++) states[sample, module] = IsOn(sample, module);
        return states;
    }

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
        $"{Samples} samples, {Options.Modules * Options.ColumnsPerModule} columns in {Options.Modules} modules"
        + (Options.NoiseColumns > 0 ? $" and {Options.NoiseColumns} of noise" : "")
        + $", {1 << Options.Modules} patterns";
}
