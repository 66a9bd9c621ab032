using Gsr.Graphs;
using Gsr.Learning;

namespace Gsr.SingleCell.Trajectories;

/// <summary>
/// Pseudotime: how far each cell has come from a start cell, along random walks of all lengths over the cells (Haghverdi et
/// al. 2016). With λₖ and ψₖ the eigenvalues and components of a diffusion map,
/// t(x)² = Σₖ (λₖ / (1 - λₖ))² (ψₖ(x) - ψₖ(start))².
/// </summary>
/// <example><code>var found = DiffusionPseudotime.OfCells(markers, start: 249);   // found.Times, one per cell</code></example>
public static class DiffusionPseudotime
{
    /// <summary>Residuals of eigenvectors: coordinates of cells are noisier than this.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>
    /// A diffusion map of the cells (Coifman and Lafon 2006) and their pseudotime along it. The kernel is that of the nearest
    /// cells, exp(-d²/σ²) with σ the distance to the k-th of them, symmetrised; divided by the density at both ends
    /// (W / (qᵢ qⱼ)), so that stages of many cells do not seem long; then made a random walk.
    /// </summary>
    /// <param name="cells">[cells, markers], finite; on one scale, since the distance is Euclidean.</param>
    /// <param name="start">The start cell.</param>
    /// <param name="neighbours">k, at least 1; 15 by default. O(cells²) time: seconds for 25,000.</param>
    /// <param name="components">How many components, at least 1; 3 by default, for one line that branches once.</param>
    /// <exception cref="ArgumentException">The cells fall into pieces, or there are too few, or a value is not finite.</exception>
    public static DiffusionTrajectory OfCells(double[,] cells, int start, int neighbours = 15, int components = 3)
    {
        ArgumentNullException.ThrowIfNull(cells);
        GraphArguments.AtLeast(neighbours, 1, nameof(neighbours), "a cell needs at least 1 neighbour.");
        GraphArguments.AtLeast(components, 1, nameof(components), "there is at least 1 component.");
        var (count, markers) = (cells.GetLength(0), cells.GetLength(1));
        if (count <= components) throw new ArgumentException($"cells is {count}x{markers}; {components} components need more cells.", nameof(cells));
        // The cells are the nodes here, and the markers what they have in common.
        var turned = new double[markers, count];
        for (var cell = 0; cell < count; cell++)
            for (var marker = 0; marker < markers; marker++) turned[marker, cell] = cells[cell, marker];
        var near = new NearestNeighbourBuilder(neighbours, weighted: true).Build(NodeActivations.From(turned));
        if (near.ComponentCount > 1)
        {
            throw new ArgumentException(
                $"The {neighbours} nearest neighbours leave the cells in {near.ComponentCount} pieces, over which no time runs: choose more neighbours, or leave outlying cells out.",
                nameof(neighbours));
        }

        var density = near.Degrees();
        var walk = FeatureGraph.FromSortedEdges(count, [.. near.Edges.Select(e => e with { Weight = e.Weight / density[e.Source] / density[e.Target] })], "cells");
        var degrees = walk.Degrees();
        var (values, vectors) = LowFrequencies.Of(walk.Laplacian(LaplacianKind.SymmetricNormalized).Matrix, 2, components + 1, Tolerance);
        // The walk's right eigenvectors are those of the symmetric form over √d; the first is constant.
        var coordinates = new double[count, components];
        for (var cell = 0; cell < count; cell++)
            for (var k = 0; k < components; k++) coordinates[cell, k] = vectors[cell, k + 1] / Math.Sqrt(degrees[cell]);
        double[] eigenvalues = [.. values.Skip(1).Select(value => 1 - value)];
        return new DiffusionTrajectory(Of(coordinates, eigenvalues, start), coordinates, eigenvalues);
    }

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
