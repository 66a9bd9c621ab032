using Gsr.Analysis;
using Gsr.Graphs;

namespace Gsr.Experiments.Costs;

/// <summary>
/// How smooth codes are on a graph, each number the mean over codes; constant ones have none and are left out.
/// </summary>
/// <param name="Moran">Moran's I, which no constant and no factor changes.</param>
/// <param name="Rayleigh">zᵀLz / zᵀz, which a constant added to all neurons lowers.</param>
/// <param name="Size">Root mean square of an activation.</param>
public sealed record CodeSmoothness(double Moran, double Rayleigh, double Size)
{
    /// <summary>Measures codes [n, nodes].</summary>
    public static CodeSmoothness Of(FeatureGraph graph, double[,] codes)
    {
        var laplacian = graph.Laplacian();
        double Mean(Func<double[], double> of) =>
            codes.Rows().Select(of).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
        return new(
            Mean(code => Analysis.Metrics.Moran.I(graph, code)), Mean(code => laplacian.RayleighQuotient(code)),
            Math.Sqrt(Mean(code => code.Average(v => v * v))));
    }
}
