using Gsr.Experiments.OwnData;
using Gsr.SingleCell;
using Gsr.SingleCell.Preparation;
using Gsr.Tests.SingleCell.Preparation;

namespace Gsr.Tests.Experiments.OwnData;

public sealed class CellQualityTests
{
    [Fact]
    public void Quality_of_counts_is_depth_and_genes_and_of_others_mean_and_spread()
    {
        foreach (
            AnnotatedMatrix counts in new[] {
                Samples.Of(["a", "b"], [9, 0], [50, 49]), Samples.Of(["a", "b"], [9, 0], [50, 49]).Sparse() })
        {
            Samples.Near([1, 1, 2, 2], CellQuality.Of(counts).Points.Cast<double>(), 1e-12);
            Samples.Near(
                [4.5, 4.5, 49.5, 0.5], CellQuality.Of(counts, ValueKind.Transformed).Points.Cast<double>(), 1e-12);
        }
    }
}
