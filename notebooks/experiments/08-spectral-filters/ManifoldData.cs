using Gsr.Analysis;
using Gsr.Internals;

namespace Gsr.Experiments.SpectralFilters;

/// <summary>Samples of a manifold of one dimension, with the place of each on it.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Values">[samples, columns], sample by sample; not a copy.</param>
/// <param name="Columns">Numbers per sample.</param>
/// <param name="Positions">The place of each sample: an angle in [0, 2π), or a position in [0, 1]; not a copy.</param>
public sealed record ManifoldData(string Name, float[] Values, int Columns, double[] Positions)
{
    private const int Harmonics = 3;

    /// <summary>Number of samples.</summary>
    public int Count => Positions.Length;

    /// <summary>
    /// A smooth open curve in a space of 30 dimensions, with noise, which a path of nodes can follow. Column j of the
    /// sample at t = 0, 1/(count - 1), .., 1 is Σₖ (aⱼₖ / k) cos(πkt + φⱼₖ), k = 1 .. 3, with a standard normal and φ
    /// uniform.
    /// </summary>
    public static ManifoldData Curve(int count, int seed, double noise = 0.1)
    {
        const int columns = 30;
        var random = new SplitMix64(seed, 0, 0);
        var normal = new GaussianSource(random);
        var (amplitudes, phases) = (new double[columns, Harmonics], new double[columns, Harmonics]);
        for (var j = 0; j < columns; j++)
        {
            for (var k = 0; k < Harmonics; k++)
            {
                amplitudes[j, k] = normal.Next() / (k + 1);
                phases[j, k] = 2 * Math.PI * random.NextDouble();
            }
        }

        var values = new float[count * columns];
        double[] positions = [.. Enumerable.Range(0, count).Select(i => i / (count - 1.0))];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var value = noise * normal.Next();
                for (var k = 0; k < Harmonics; k++)
                    value += amplitudes[j, k] * Math.Cos((Math.PI * (k + 1) * positions[i]) + phases[j, k]);
                values[(i * columns) + j] = (float)value;
            }
        }

        return new ManifoldData("curve", values, columns, positions);
    }

    /// <summary>One sample, as a copy.</summary>
    public float[] Sample(int index) => Values[(index * Columns)..((index + 1) * Columns)];

    /// <summary>Samples 0, n/k, 2n/k, .. as rows [k, columns], to be shown.</summary>
    public double[,] Spread(int k) => Matrices.Of(k, Columns, (row, column) =>
        (double)Values[(row * Count / k * Columns) + column]);

    /// <summary>For example "rotating solid, 360 samples of 784 numbers".</summary>
    public override string ToString() => $"{Name}, {Count} samples of {Columns} numbers";
}
