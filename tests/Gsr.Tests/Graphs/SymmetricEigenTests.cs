using Gsr.Internals;
using TorchSharp;

namespace Gsr.Tests.Graphs;

[Collection(Alone.Name)]
public class SymmetricEigenTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 7)]
    [InlineData(40, 5)]
    public void What_stands_in_for_LAPACK_gives_the_same(int size, int rank)
    {
        using var scope = torch.NewDisposeScope();
        var factor = torch.randn(size, rank, dtype: torch.float64);
        var matrix = factor.matmul(factor.t());
        foreach (var (values, vectors) in
            ((torch.Tensor, torch.Tensor)[])[SymmetricEigen.Of(matrix), SymmetricEigen.Managed(matrix)])
        {
            var rebuilt = vectors.matmul(values.diag()).matmul(vectors.t());
            Assert.True((rebuilt - matrix).abs().max().ToDouble() < 1e-9);
            var identity = vectors.t().matmul(vectors) - torch.eye(size, dtype: torch.float64);
            Assert.True(identity.abs().max().ToDouble() < 1e-9);
            Assert.True(size == 1 || values.diff().min().ToDouble() > -1e-9);
        }
    }
}
