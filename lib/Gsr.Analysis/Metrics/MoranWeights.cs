using Gsr.Graphs;

namespace Gsr.Analysis.Metrics;

/// <summary>The weights of Moran's I, per edge wᵢⱼ + wⱼᵢ, with the sums that its moments need.</summary>
internal sealed class MoranWeights
{
    private readonly (int I, int J, double Both)[] pairs;
    private readonly int nodeCount;
    private readonly double s0;
    private readonly double s1;
    private readonly double s2;

    internal MoranWeights(FeatureGraph graph, bool rowStandardised)
    {
        nodeCount = graph.NodeCount;
        double[] degrees = graph.Degrees();
        pairs = [.. graph.Edges.Select(e => (e.Source, e.Target,
            rowStandardised ? (e.Weight / degrees[e.Source]) + (e.Weight / degrees[e.Target]) : 2 * e.Weight))];

        // S0 = Σ wᵢⱼ, S1 = ½ Σ (wᵢⱼ + wⱼᵢ)², S2 = Σᵢ (wᵢ. + w.ᵢ)², over ordered pairs.
        var rowsAndColumns = new double[nodeCount];
        foreach (var (i, j, both) in pairs)
        {
            s0 += both;
            s1 += both * both;
            rowsAndColumns[i] += both;
            rowsAndColumns[j] += both;
        }
        s2 = rowsAndColumns.Sum(sum => sum * sum);
    }

    /// <summary>N / S0; infinite without edges.</summary>
    internal double Factor => nodeCount / s0;

    /// <summary>Σᵢⱼ wᵢⱼ zᵢ zⱼ over ordered pairs.</summary>
    internal double CrossProduct(double[] z)
    {
        double sum = 0;
        foreach (var (i, j, both) in pairs)
            sum += both * z[i] * z[j];
        return sum;
    }

    /// <summary>The variances of I of Cliff and Ord 1981, under normality and under randomisation.</summary>
    internal (double Normality, double Randomization) Variances(double[] z)
    {
        double n = nodeCount, squared = s0 * s0, expectation = -1 / (n - 1);
        double normality = (((n * n * s1) - (n * s2) + (3 * squared)) / (((n * n) - 1) * squared))
            - (expectation * expectation);

        double m2 = z.Sum(v => v * v) / n, m4 = z.Sum(v => v * v * v * v) / n, kurtosis = m4 / (m2 * m2);
        double randomization =
            (((n * ((((n * n) - (3 * n) + 3) * s1) - (n * s2) + (3 * squared)))
                - (kurtosis * ((((n * n) - n) * s1) - (2 * n * s2) + (6 * squared))))
            / ((n - 1) * (n - 2) * (n - 3) * squared))
            - (expectation * expectation);
        return (normality, n < 4 ? double.NaN : randomization);
    }
}
