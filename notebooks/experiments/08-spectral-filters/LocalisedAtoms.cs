using Gsr.Graphs;

namespace Gsr.Experiments.SpectralFilters;

/// <summary>
/// A few fixed bumps on a graph, each about one node: what a code can be a mixture of instead of being penalised
/// (<see cref="AtomCode"/>).
/// </summary>
public static class LocalisedAtoms
{
    /// <summary>
    /// Heat kernels: rows 0, k, 2k, .. of Pᵗ, with P the row-normalised A + I, as the first arm of the paper's code has them. Row
    /// n says where a random walk that may rest is after t steps from node n: it sums to 1.
    /// </summary>
    /// <param name="graph">A its weight matrix.</param>
    /// <param name="power">t, at least 0; 0 gives single nodes.</param>
    /// <param name="every">k, at least 1; every 4th row in the paper's code.</param>
    /// <returns>[atoms, nodes], ⌈N / k⌉ atoms; the caller's.</returns>
    public static double[,] Heat(FeatureGraph graph, int power, int every = 4)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Arguments.AtLeast(power, 0, nameof(power), "it is a number of steps.");
        int[] nodes = Chosen(graph.NodeCount, every);
        double[] degrees = graph.Degrees();
        var atoms = new double[nodes.Length, graph.NodeCount];
        for (int a = 0; a < nodes.Length; a++)
        {
            var row = new double[graph.NodeCount];
            row[nodes[a]] = 1;
            for (int step = 0; step < power; step++) row = Step(row);
            for (int i = 0; i < row.Length; i++) atoms[a, i] = row[i];
        }
        return atoms;

        // Row vector times P: each node passes its share on to itself and to its neighbours.
        double[] Step(double[] row)
        {
            var shares = new double[row.Length];
            for (int i = 0; i < row.Length; i++) shares[i] = row[i] / (1 + degrees[i]);
            double[] next = [.. shares];
            foreach (var (i, j, weight) in graph.Edges)
            {
                next[i] += weight * shares[j];
                next[j] += weight * shares[i];
            }
            return next;
        }
    }

    /// <summary>Wavelets of one scale, or scaling functions, about nodes 0, k, 2k, .., each scaled to a largest value of 1.</summary>
    /// <param name="wavelets">The transform.</param>
    /// <param name="kernel">0 for the scaling function, 1 .. J for the wavelets from coarse to fine.</param>
    /// <param name="every">k, at least 1; 4 by default.</param>
    /// <returns>[atoms, nodes], ⌈N / k⌉ atoms; the caller's.</returns>
    /// <exception cref="ArgumentException">The kernel has no positive value on this graph.</exception>
    public static double[,] Wavelets(GraphWavelets wavelets, int kernel, int every = 4)
    {
        ArgumentNullException.ThrowIfNull(wavelets);
        int count = wavelets.Laplacian.NodeCount;
        int[] nodes = Chosen(count, every);
        var atoms = new double[nodes.Length, count];
        for (int a = 0; a < nodes.Length; a++)
        {
            double[] atom = wavelets.Atom(kernel, nodes[a]);
            double largest = atom.Max();
            if (!(largest > 0))
                throw new ArgumentException($"kernel {kernel} gives no atom at node {nodes[a]}: no eigenvalue lies in its band; choose another scale.", nameof(kernel));
            for (int i = 0; i < count; i++) atoms[a, i] = atom[i] / largest;
        }
        return atoms;
    }

    private static int[] Chosen(int count, int every)
    {
        Arguments.AtLeast(every, 1, nameof(every), "every row is 1, every 4th is 4.");
        return [.. Enumerable.Range(0, count).Where(node => node % every == 0)];
    }
}
