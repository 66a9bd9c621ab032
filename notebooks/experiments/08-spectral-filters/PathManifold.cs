using Gsr.Internals;

namespace Gsr.Experiments.SpectralFilters;

/// <summary>
/// A smooth open curve in a space of many dimensions, with noise: a manifold that a path of nodes can follow. Column j of the
/// sample at t is Σₖ (aⱼₖ / k) cos(πkt + φⱼₖ), k = 1 .. 3, with a standard normal and φ uniform.
/// </summary>
public static class PathManifold
{
    private const int Harmonics = 3;

    /// <summary>Draws a curve and samples of it; equal arguments give equal data.</summary>
    /// <param name="count">Number of samples, at least 2, at t = 0, 1/(count - 1), .., 1.</param>
    /// <param name="columns">Dimensions of the space, 30 by default.</param>
    /// <param name="noise">Standard deviation of the normal noise on every number, not negative; 0.1 by default.</param>
    /// <param name="seed">Decides curve and noise.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range; the message names it.</exception>
    public static ManifoldData Generate(int count, int columns = 30, double noise = 0.1, int seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (!double.IsFinite(noise) || noise < 0) throw new ArgumentOutOfRangeException(nameof(noise), noise, $"noise is {noise}; it is a standard deviation, 0 or above.");
        var random = new SplitMix64(seed, 0, 0);
        var normal = new GaussianSource(random);
        var (amplitudes, phases) = (new double[columns, Harmonics], new double[columns, Harmonics]);
        for (int j = 0; j < columns; j++)
        {
            for (int k = 0; k < Harmonics; k++)
            {
                amplitudes[j, k] = normal.Next() / (k + 1);
                phases[j, k] = 2 * Math.PI * random.NextDouble();
            }
        }

        var values = new float[checked(count * columns)];
        double[] positions = [.. Enumerable.Range(0, count).Select(i => i / (count - 1.0))];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                double value = noise * normal.Next();
                for (int k = 0; k < Harmonics; k++) value += amplitudes[j, k] * Math.Cos((Math.PI * (k + 1) * positions[i]) + phases[j, k]);
                values[(i * columns) + j] = (float)value;
            }
        }
        return new ManifoldData("curve", values, columns, positions);
    }
}
