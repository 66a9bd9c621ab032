using Gsr.Internals;

namespace Gsr.Experiments.SpectralFilters;

/// <summary>Samples of a manifold of one dimension, with the place of each on it, in managed arrays.</summary>
public sealed class ManifoldData
{
    internal ManifoldData(string name, float[] values, int columns, double[] positions)
    {
        Name = name;
        Values = values;
        Columns = columns;
        Positions = positions;
    }

    /// <summary>What it is.</summary>
    public string Name { get; }

    /// <summary>Number of samples.</summary>
    public int Count => Positions.Length;

    /// <summary>Numbers per sample.</summary>
    public int Columns { get; }

    /// <summary>Count · Columns numbers, sample by sample; not a copy.</summary>
    public float[] Values { get; }

    /// <summary>The place of each sample: an angle in [0, 2π), or a position in [0, 1]; not a copy.</summary>
    public double[] Positions { get; }

    /// <summary>One sample.</summary>
    /// <param name="index">From 0.</param>
    /// <returns>Columns numbers; the caller's.</returns>
    public float[] Sample(int index) => Values[(index * Columns)..((index + 1) * Columns)];

    /// <summary>The places in a random order, those of other samples: a null model, which has no manifold.</summary>
    /// <param name="seed">Of the order.</param>
    public double[] ShuffledPositions(int seed)
    {
        double[] shuffled = [.. Positions];
        new SplitMix64(seed, 2, 0).Shuffle(shuffled);
        return shuffled;
    }

    /// <summary>For example "rotating solid, 360 samples of 784 numbers".</summary>
    public override string ToString() => $"{Name}, {Count} samples of {Columns} numbers";
}
