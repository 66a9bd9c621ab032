namespace Gsr.SingleCell.Preparation;

/// <summary>Correlations of nodes with genes by one pass over the cells.</summary>
internal static class NodeCorrelations
{
    public static double[,] Of(
        PreparedCells cells, int[] genes, double[] variances, float[,] activations, Watch watch)
    {
        var (count, nodes) = (cells.Count, activations.GetLength(1));
        var (means, lengths) = Moments(activations);
        var sums = new double[genes.Length * nodes];
        cells.Run(genes, watch.Step("correlations with genes"), block =>
        {
            var own = new double[sums.Length];
            var unit = new double[nodes];
            for (var cell = 0; cell < block.Count; cell++)
            {
                // They have mean 0, so that Σ u (x - mean) = Σ u x, over the entries alone.
                for (var node = 0; node < nodes; node++)
                    unit[node] = (activations[block.First + cell, node] - means[node]) / lengths[node];
                var columns = block.Columns(cell);
                var values = block.Values(cell);
                for (var k = 0; k < columns.Length; k++)
                    SparseCentredMatrix.AddScaled(own.AsSpan(columns[k] * nodes, nodes), unit, values[k]);
            }
            return own;
        }, (_, own) => SparseCentredMatrix.AddScaled(sums, own, 1));
        var correlations = new double[nodes, genes.Length];
        for (var gene = 0; gene < genes.Length; gene++)
        {
            var length = Math.Sqrt(variances[gene] * (count - 1));
            for (var node = 0; node < nodes; node++)
            {
                correlations[node, gene] = length > 0 && lengths[node] > 0
                    ? Math.Clamp(sums[(gene * nodes) + node] / length, -1, 1) : double.NaN;
            }
        }
        return correlations;
    }

    // Means, and lengths of what is left without them: 0 for a constant node, exactly.
    private static (double[] Means, double[] Lengths) Moments(float[,] activations)
    {
        var (count, nodes) = (activations.GetLength(0), activations.GetLength(1));
        double[] means = new double[nodes], lengths = new double[nodes];
        for (var node = 0; node < nodes; node++)
        {
            double first = activations[0, node], sum = 0, squares = 0;
            for (var cell = 0; cell < count; cell++)
            {
                if (!float.IsFinite(activations[cell, node]))
                {
                    throw new ArgumentException(
                        $"activations[{cell}, {node}] is {activations[cell, node]}; every activation is finite.",
                        nameof(activations));
                }
                sum += activations[cell, node] - first;
            }
            means[node] = first + (sum / count);
            for (var cell = 0; cell < count; cell++)
            {
                var apart = activations[cell, node] - first - (sum / count);
                squares += apart * apart;
            }
            lengths[node] = Math.Sqrt(squares);
        }
        return (means, lengths);
    }
}
