namespace Gsr.Learning;

/// <summary>Puts modules together until few enough are left.</summary>
internal static class ModuleMerging
{
    /// <summary>
    /// Joins the two modules of nearest mean activation, again and again; equal distances go to the lower numbers.
    /// </summary>
    /// <param name="activations">All nodes' activations.</param>
    /// <param name="nodes">The nodes in question.</param>
    /// <param name="labels">The module of each of them, from 0.</param>
    /// <param name="count">How many modules to leave.</param>
    public static int[] ByMeans(NodeActivations activations, int[] nodes, int[] labels, int count)
    {
        var modules = labels.Max() + 1;
        var means = new double[modules][];
        var sizes = new int[modules];
        for (var m = 0; m < modules; m++) means[m] = new double[activations.Samples];
        for (var i = 0; i < nodes.Length; i++) Add(labels[i], activations.Of(nodes[i]));
        for (var m = 0; m < modules; m++) Scale(means[m], 1.0 / sizes[m]);

        var into = Enumerable.Range(0, modules).ToArray();
        for (var left = modules; left > count; left--)
        {
            var (a, b) = Nearest();
            var total = sizes[a] + sizes[b];
            for (var s = 0; s < means[a].Length; s++)
                means[a][s] = ((sizes[a] * means[a][s]) + (sizes[b] * means[b][s])) / total;
            (sizes[a], sizes[b]) = (total, 0);
            for (var m = 0; m < modules; m++)
                if (into[m] == b) into[m] = a;
        }

        return Array.ConvertAll(labels, label => into[label]);

        void Add(int module, ReadOnlySpan<float> node)
        {
            sizes[module]++;
            for (var s = 0; s < node.Length; s++) means[module][s] += node[s];
        }

        (int, int) Nearest()
        {
            var (best, nearest) = ((0, 0), double.PositiveInfinity);
            for (var a = 0; a < modules; a++)
            {
                for (var b = a + 1; sizes[a] > 0 && b < modules; b++)
                {
                    if (sizes[b] == 0) continue;
                    double distance = 0;
                    for (var s = 0; s < means[a].Length; s++)
                        distance += (means[a][s] - means[b][s]) * (means[a][s] - means[b][s]);
                    if (distance < nearest || best == (0, 0)) (best, nearest) = ((a, b), distance);
                }
            }

            return best;
        }
    }

    private static void Scale(double[] values, double factor)
    {
        for (var s = 0; s < values.Length; s++) values[s] *= factor;
    }
}
