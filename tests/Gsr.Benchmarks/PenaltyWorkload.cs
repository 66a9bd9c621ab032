using Gsr.Graphs;
using Gsr.Penalties;
using TorchSharp;

namespace Gsr.Benchmarks;

/// <summary>
/// Forward and backward of mean zᵀLz on a grid, batch 128: ours, and composed of libtorch's operations.
/// </summary>
internal sealed class PenaltyWorkload : IDisposable
{
    public const int Batch = 128;

    /// <summary>Above it the dense Laplacian takes 1 GB.</summary>
    public const int WidestDense = 4096;

    private readonly torch.Tensor _z;
    private readonly torch.Tensor _sources;
    private readonly torch.Tensor _targets;
    private readonly Laplacian _laplacian;
    private readonly GraphPenalty _penalty;
    private torch.Tensor? _dense;
    private torch.Tensor? _sparse;

    public PenaltyWorkload(int nodes)
    {
        var side = (int)Math.Round(Math.Sqrt(nodes));
        var graph = FeatureGraph.Grid(side, nodes / side);
        _laplacian = graph.Laplacian();
        _penalty = new GraphPenalty(_laplacian);
        _z = torch.rand(Batch, nodes).requires_grad_();
        _sources = torch.tensor(graph.Edges.Select(e => (long)e.Source).ToArray());
        _targets = torch.tensor(graph.Edges.Select(e => (long)e.Target).ToArray());
    }

    /// <summary>The product that the penalty chose for the grid.</summary>
    public string Product => ProductComparison.ChosenFor(_laplacian.SymmetricPart);

    public void Ours() => Backward(_z, () => _penalty.Evaluate(_z).Term);

    public void Dense()
    {
        _dense ??= torch.from_array(_laplacian.ToDense()).to(torch.float32);
        Backward(_z, () => (torch.matmul(_z, _dense) * _z).sum() / Batch);
    }

    /// <summary>TorchSharp offers no CSR: the coordinate form, which libtorch multiplies by rows.</summary>
    public void Sparse()
    {
        _sparse ??= SparseLaplacian();
        Backward(_z, () => (torch.matmul(_sparse, _z.t()).t() * _z).sum() / Batch);
    }

    public void Gathered() =>
        Backward(_z, () => (_z.index_select(1, _sources) - _z.index_select(1, _targets)).square().sum() / Batch);

    public void Dispose()
    {
        foreach (var tensor in new[] { _z, _sources, _targets, _dense, _sparse }) tensor?.Dispose();
    }

    /// <summary>A term of z forward and backward, from an empty gradient.</summary>
    public static void Backward(torch.Tensor z, Func<torch.Tensor> term)
    {
        using var scope = torch.NewDisposeScope();
        z.grad = null;
        term().backward();
    }

    private torch.Tensor SparseLaplacian()
    {
        using var scope = torch.NewDisposeScope();
        var size = _laplacian.NodeCount;
        if (size <= WidestDense) return torch.from_array(_laplacian.ToDense()).to(torch.float32).to_sparse()
            .DetachFromDisposeScope();
        // Not coalesced, which TorchSharp does not offer either: libtorch sorts it at each product.
        var pointers = _laplacian.Matrix.RowPointers.ToArray();
        var rows = Enumerable.Range(0, size).SelectMany(i => Enumerable.Repeat((long)i, pointers[i + 1] - pointers[i]));
        var columns = _laplacian.Matrix.Columns.ToArray().Select(c => (long)c);
        var indices = torch.tensor(rows.Concat(columns).ToArray()).reshape(2, -1);
        var values = torch.tensor(_laplacian.Matrix.Values.ToArray(), dtype: torch.float32);
        return torch.sparse_coo_tensor(indices, values, [size, size]).DetachFromDisposeScope();
    }
}
