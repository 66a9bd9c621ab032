namespace Gsr.SingleCell.Trajectories;

/// <summary>
/// Pseudotime: how far each cell has come from a start cell, along random walks of all lengths over the cells (Haghverdi et
/// al. 2016). With λₖ and ψₖ the eigenvalues and components of a diffusion map,
/// t(x)² = Σₖ (λₖ / (1 - λₖ))² (ψₖ(x) - ψₖ(start))².
/// </summary>
public static class DiffusionPseudotime
{
    /// <summary>The pseudotime of every cell.</summary>
    /// <param name="components">[cells, components], finite, without the constant one.</param>
    /// <param name="eigenvalues">Of each component, below 1.</param>
    /// <param name="start">The start cell.</param>
    /// <returns>One per cell, 0 at the start cell and 1 at the farthest; all 0 where no component varies.</returns>
    /// <exception cref="ArgumentException">The sizes do not match, or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An eigenvalue is not below 1, or there is no such cell.</exception>
    public static double[] Of(double[,] components, IReadOnlyList<double> eigenvalues, int start)
    {
        ArgumentNullException.ThrowIfNull(components);
        ArgumentNullException.ThrowIfNull(eigenvalues);
        var (cells, count) = (components.GetLength(0), components.GetLength(1));
        if (count == 0 || eigenvalues.Count != count)
            throw new ArgumentException($"There are {eigenvalues.Count} eigenvalues and {count} components; give one for each, and at least one.", nameof(eigenvalues));
        if ((uint)start >= (uint)cells) throw new ArgumentOutOfRangeException(nameof(start), start, $"There is no cell {start}; there are {cells}.");
        var weights = new double[count];
        for (var k = 0; k < count; k++)
        {
            // At 1 the walk never leaves: a constant component, or one of several that the cells fall into.
            if (!(eigenvalues[k] < 1) || !(eigenvalues[k] > -1))
            {
                throw new ArgumentOutOfRangeException(nameof(eigenvalues), eigenvalues[k],
                    $"eigenvalues[{k}] is {eigenvalues[k]}; they lie between -1 and 1: leave the constant component out, and join cells that are not connected by more neighbours.");
            }

            weights[k] = eigenvalues[k] / (1 - eigenvalues[k]);
        }

        var times = new double[cells];
        for (var cell = 0; cell < cells; cell++)
        {
            double sum = 0;
            for (var k = 0; k < count; k++)
            {
                if (!double.IsFinite(components[cell, k]))
                    throw new ArgumentException($"components[{cell}, {k}] is {components[cell, k]}; every coordinate is finite.", nameof(components));
                var difference = weights[k] * (components[cell, k] - components[start, k]);
                sum += difference * difference;
            }

            times[cell] = Math.Sqrt(sum);
        }

        var farthest = times.Max();
        return farthest > 0 ? Array.ConvertAll(times, t => t / farthest) : times;
    }
}
