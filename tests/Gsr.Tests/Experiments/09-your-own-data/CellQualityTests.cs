using Gsr.Experiments.OwnData;
using Gsr.SingleCell.Preparation;
using Gsr.Tests.SingleCell.Preparation;

namespace Gsr.Tests.Experiments.OwnData;

public sealed class CellQualityTests
{
    [Fact]
    public void Quality_of_counts_is_depth_and_genes_and_of_others_mean_and_spread()
    {
        float[][] rows = [[9, 0], .. Enumerable.Range(0, 25).Select(i => new float[] { 50 + (i % 2), 49 - (i % 2) })];
        foreach (var counts in new[] { Samples.Of(["a", "b"], rows), Samples.Of(["a", "b"], rows).Sparse() })
        {
            var quality = CellQuality.Of(NetworkInputs.Of(counts, new() { MinGenes = 2 }));
            Samples.Near([1, 1, 2, 2], quality.Points.Cast<double>().Take(4), 1e-12);
            Assert.Equal([1, 0, 0], quality.IsLeftOut.Take(3));
            Samples.Near([4.5, 4.5, 49.5, 0.5], CellQuality.Of(
                NetworkInputs.Of(counts, new() { Kind = ValueKind.Transformed })).Points.Cast<double>().Take(4), 1e-6);
        }
    }
}
