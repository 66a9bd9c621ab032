using Gsr.Graphs;
using Gsr.Penalties;
using TorchSharp;

namespace Gsr.Benchmarks;

/// <summary>Forward and backward of mean zᵀLz on a grid, batch 128: ours, and composed of libtorch's operations.</summary>
internal sealed class PenaltyWorkload : IDisposable
{
    public const int Batch = 128;

    /// <summary>Above it the dense Laplacian takes 1 GB.</summary>
    public const int WidestDense = 4096;

    private readonly torch.Tensor z;
    private readonly torch.Tensor sources;
    private readonly torch.Tensor targets;
    private readonly Laplacian laplacian;
    private readonly GraphPenalty penalty;
    private torch.Tensor? dense;
    private torch.Tensor? sparse;

    public PenaltyWorkload(int nodes)
    {
        var side = (int)Math.Round(Math.Sqrt(nodes));
        var graph = FeatureGraph.Grid(side, nodes / side);
        laplacian = graph.Laplacian();
        penalty = new GraphPenalty(laplacian);
        z = torch.rand(Batch, nodes).requires_grad_();
        sources = torch.tensor(graph.Edges.Select(e => (long)e.Source).ToArray());
        targets = torch.tensor(graph.Edges.Select(e => (long)e.Target).ToArray());
    }

    public void Ours() => Backward(() => penalty.Evaluate(z).Term);

    public void Dense()
    {
        dense ??= torch.from_array(laplacian.ToDense()).to(torch.float32);
        Backward(() => (torch.matmul(z, dense) * z).sum() / Batch);
    }

    /// <summary>TorchSharp offers no CSR: the coordinate form, which libtorch multiplies by rows.</summary>
    public void Sparse()
    {
        sparse ??= SparseLaplacian();
        Backward(() => (torch.matmul(sparse, z.t()).t() * z).sum() / Batch);
    }

    public void Gathered() => Backward(() => (z.index_select(1, sources) - z.index_select(1, targets)).square().sum() / Batch);

    public void Dispose()
    {
        foreach (var tensor in new[] { z, sources, targets, dense, sparse }) tensor?.Dispose();
    }

    private void Backward(Func<torch.Tensor> term)
    {
        using var scope = torch.NewDisposeScope();
        z.grad = null;
        term().backward();
    }

    private torch.Tensor SparseLaplacian()
    {
        using var scope = torch.NewDisposeScope();
        var size = laplacian.NodeCount;
        if (size <= WidestDense) return torch.from_array(laplacian.ToDense()).to(torch.float32).to_sparse().DetachFromDisposeScope();
        // Not coalesced, which TorchSharp does not offer either: libtorch sorts it at each product.
        int[] pointers = laplacian.Matrix.RowPointers.ToArray();
        var rows = Enumerable.Range(0, size).SelectMany(i => Enumerable.Repeat((long)i, pointers[i + 1] - pointers[i]));
        var columns = laplacian.Matrix.Columns.ToArray().Select(c => (long)c);
        var indices = torch.tensor(rows.Concat(columns).ToArray()).reshape(2, -1);
        var values = torch.tensor(laplacian.Matrix.Values.ToArray(), dtype: torch.float32);
        return torch.sparse_coo_tensor(indices, values, [size, size]).DetachFromDisposeScope();
    }
}
