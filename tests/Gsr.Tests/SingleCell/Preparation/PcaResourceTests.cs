using Gsr.SingleCell.Preparation;

namespace Gsr.Tests.SingleCell.Preparation;

[Collection(Alone.Name)]
public sealed class PcaResourceTests
{
    [Theory]
    [InlineData(PcaSolver.Exact)]
    [InlineData(PcaSolver.Krylov)]
    [InlineData(PcaSolver.Randomised)]
    public void No_tensor_is_left(PcaSolver solver)
    {
        foreach (var matrix in Samples.Both(1, 150, 130, .2))
            Assert.Equal(0, Alone.Growth(5, () => Pca.Fit(matrix, 5, solver)));
    }

    [Fact]
    public void Threads_do_not_matter_to_a_sparse_matrix()
    {
        var matrix = Samples.Both(2, 300, 90, .2)[1];
        PcaResult one = Alone.WithThreads(1, () => Pca.Fit(matrix, 6)),
            two = Alone.WithThreads(2, () => Pca.Fit(matrix, 6));
        Samples.Near(one.Scores.Cast<double>(), two.Scores.Cast<double>(), 1e-9);
    }
}
