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
        int[] nodes = [.. Enumerable.Range(0, graph.NodeCount).Where(node => node % every == 0)];
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
}
