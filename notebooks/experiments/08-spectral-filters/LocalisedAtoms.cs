using Gsr.Graphs;

namespace Gsr.Experiments.SpectralFilters;

/// <summary>
/// A few fixed bumps on a graph, each about one node, of which a code can be a mixture instead of being penalised
/// (<see cref="AtomAutoencoder"/>).
/// </summary>
public static class LocalisedAtoms
{
    /// <summary>
    /// Heat kernels [⌈N / k⌉ atoms, N nodes]: rows 0, k, 2k, .. of Pᵗ, with t the power and P the row-normalised A + I,
    /// as in the paper's code, where every 4th row is taken. Row n is the distribution of a lazy random walk t steps
    /// after node n.
    /// </summary>
    public static double[,] Heat(FeatureGraph graph, int power, int every = 4)
    {
        var nodes = Chosen(graph.NodeCount, every);
        var degrees = graph.Degrees();
        var atoms = new double[nodes.Length, graph.NodeCount];
        for (var a = 0; a < nodes.Length; a++)
        {
            var row = new double[graph.NodeCount];
            row[nodes[a]] = 1;
            for (var step = 0; step < power; step++) row = Step(row);
            for (var i = 0; i < row.Length; i++) atoms[a, i] = row[i];
        }
        return atoms;

        // Row vector times P: each node passes its share on to itself and to its neighbours.
        double[] Step(double[] row)
        {
            var shares = new double[row.Length];
            for (var i = 0; i < row.Length; i++) shares[i] = row[i] / (1 + degrees[i]);
            double[] next = [.. shares];
            foreach (var (i, j, weight) in graph.Edges)
            {
                next[i] += weight * shares[j];
                next[j] += weight * shares[i];
            }
            return next;
        }
    }

    /// <summary>
    /// Wavelets of one scale (kernel 1 .. J from coarse to fine) or scaling functions (kernel 0) about every 4th node,
    /// each scaled to a largest value of 1; [⌈N / 4⌉ atoms, N nodes].
    /// </summary>
    /// <exception cref="ArgumentException">The kernel has no positive value on this graph.</exception>
    public static double[,] Wavelets(GraphWavelets wavelets, int kernel)
    {
        var count = wavelets.Laplacian.NodeCount;
        var nodes = Chosen(count, 4);
        var atoms = new double[nodes.Length, count];
        for (var a = 0; a < nodes.Length; a++)
        {
            var atom = wavelets.Atom(kernel, nodes[a]);
            var largest = atom.Max();
            if (!(largest > 0))
            {
                throw new ArgumentException($"kernel {kernel} gives no atom at node {nodes[a]}: "
                    + "no eigenvalue lies in its band; choose another scale.", nameof(kernel));
            }

            for (var i = 0; i < count; i++) atoms[a, i] = atom[i] / largest;
        }
        return atoms;
    }

    private static int[] Chosen(int count, int every) =>
        [.. Enumerable.Range(0, count).Where(node => node % every == 0)];
}
