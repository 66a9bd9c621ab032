using Gsr.Analysis;
using Gsr.Analysis.Metrics;
using Gsr.Graphs;

namespace Gsr.Experiments.SeveralLayers;

/// <summary>What one hidden layer of a trained network does.</summary>
/// <param name="Reading">By its modules.</param>
/// <param name="Permuted">By modules of the same sizes of permuted neurons: the null.</param>
/// <param name="Size">Root mean square of an activation.</param>
/// <param name="Quotient">
/// The modules' Rayleigh quotient zᵀLz / zᵀz with the normalised Laplacian, mean over 200 images; free of scale.
/// </param>
/// <param name="ModuleMeans">Mean activation of each module, columns, for each class, rows.</param>
public sealed record LayerOutcome(
    ModuleReading Reading, ModuleReading Permuted, double Size, double Quotient, double[,] ModuleMeans)
{
    /// <summary>Measures activations [images, neurons] of images of these classes.</summary>
    public static LayerOutcome Of(double[,] z, IReadOnlyList<int> classes, int[] modules, int seed)
    {
        var laplacian = FeatureGraph.Modules(modules).Laplacian(LaplacianKind.SymmetricNormalized);
        // A silent layer has no quotient.
        var quotients = z.Rows().Take(200).Select(row => laplacian.RayleighQuotient(row)).Where(double.IsFinite);
        return new(
            ModuleReading.Of(z, classes, modules),
            ModuleReading.Of(z, classes, modules.Shuffled(new Random(seed))),
            Math.Sqrt(z.Cast<double>().Average(v => v * v)), quotients.DefaultIfEmpty(0).Average(),
            ClassMeans.Of(NodeGroups.Means(z, modules), [.. classes], classes.Max() + 1));
    }
}
