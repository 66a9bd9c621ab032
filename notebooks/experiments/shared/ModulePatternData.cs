using Gsr.Internals;

namespace Gsr.Experiments;

/// <summary>Samples of <see cref="ModulePatternGenerator"/>, in managed arrays.</summary>
public sealed class ModulePatternData
{
    internal ModulePatternData(float[] values, int[] patterns, ModulePatternOptions options)
    {
        (Values, Patterns, Options) = (values, patterns, options);
        ModuleOfColumn = [.. Enumerable.Range(0, Columns).Select(column => column / options.ColumnsPerModule)];
    }

    /// <summary>The model.</summary>
    public ModulePatternOptions Options { get; }

    /// <summary>Number of samples, rows per pattern times 2ⁿ.</summary>
    public int Samples => Patterns.Length;

    /// <summary>Number of columns.</summary>
    public int Columns => Options.Modules * Options.ColumnsPerModule;

    /// <summary>Samples · Columns numbers, sample by sample; not a copy.</summary>
    public float[] Values { get; }

    /// <summary>The pattern of each sample: bit m says whether module m is on; not a copy.</summary>
    public int[] Patterns { get; }

    /// <summary>The module of each column, from 0.</summary>
    public IReadOnlyList<int> ModuleOfColumn { get; }

    /// <summary>1 where a module is on in a sample, else 0.</summary>
    /// <param name="sample">From 0.</param>
    /// <param name="module">From 0.</param>
    public int IsOn(int sample, int module) => (Patterns[sample] >> module) & 1;

    /// <summary>
    /// The same columns, each with its samples in an order of its own: a null model, which has every column's values and no
    /// module.
    /// </summary>
    /// <param name="seed">Of the orders.</param>
    public float[] ShuffledColumns(int seed)
    {
        var shuffled = new float[Values.Length];
        var order = new int[Samples];
        for (int column = 0; column < Columns; column++)
        {
            for (int i = 0; i < order.Length; i++)
                order[i] = i;
            new SplitMix64(seed, 1, column).Shuffle(order);
            for (int i = 0; i < order.Length; i++)
                shuffled[(i * Columns) + column] = Values[(order[i] * Columns) + column];
        }
        return shuffled;
    }

    /// <summary>For example "8000 samples, 150 columns in 3 modules, 8 patterns".</summary>
    public override string ToString() =>
        $"{Samples} samples, {Columns} columns in {Options.Modules} modules, {1 << Options.Modules} patterns";
}
