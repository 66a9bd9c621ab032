using TorchSharp;

namespace Gsr.Training;

/// <summary>
/// Batches for each member of an ensemble from the same examples, each in the order that <see cref="BatchSampler"/> has for
/// the member's seed; one gather for all.
/// </summary>
internal sealed class EnsembleSampler : IBatchSource
{
    private readonly torch.Tensor[] _examples;
    private readonly int _batchSize;
    private readonly (Random Random, int[] Order)[] _members;
    private int _next;

    /// <summary>Makes a sampler; the tensors stay the caller's.</summary>
    /// <param name="examples">One tensor or several of equal first dimension.</param>
    /// <param name="batchSize">Examples of each member per step.</param>
    /// <param name="seeds">One per member; members of one seed see the same batches.</param>
    /// <exception cref="ArgumentException">No tensor, no example, no seed, or numbers of examples that differ.</exception>
    public EnsembleSampler(IReadOnlyList<torch.Tensor> examples, int batchSize, IReadOnlyList<int> seeds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        Count = checked((int)BatchSampler.CountOf(examples));
        if (seeds.Count == 0) throw new ArgumentException("seeds is empty; give one per member.", nameof(seeds));
        _examples = [.. examples];
        _batchSize = batchSize;
        _members = [.. seeds.Select(seed => (new Random(seed), Enumerable.Range(0, Count).ToArray()))];
        _next = Count;
    }

    /// <summary>Number of examples.</summary>
    public int Count { get; }

    /// <inheritdoc/>
    public int BatchesPerEpoch => (Count + _batchSize - 1) / _batchSize;

    /// <summary>The next batch, each tensor [members, batch, …]; the caller owns them.</summary>
    public torch.Tensor[] Next()
    {
        if (_next >= Count)
        {
            foreach (var (random, order) in _members) random.Shuffle(order);
            _next = 0;
        }

        var size = Math.Min(_batchSize, Count - _next);
        var indices = new long[_members.Length * size];
        for (var member = 0; member < _members.Length; member++)
            for (var i = 0; i < size; i++) indices[(member * size) + i] = _members[member].Order[_next + i];
        _next += size;
        return Array.ConvertAll(_examples, examples => Gather(examples, indices, _members.Length));
    }

    /// <summary>Examples by index, [members, indices / members, …].</summary>
    public static torch.Tensor Gather(torch.Tensor examples, long[] indices, int members)
    {
        using var scope = torch.NewDisposeScope();
        var chosen = examples.index_select(0, torch.tensor(indices, device: examples.device));
        return chosen.view([members, indices.Length / members, .. examples.shape[1..]]).MoveToOuterDisposeScope();
    }

    /// <summary>Keeps nothing in libtorch.</summary>
    public void Dispose()
    {
    }
}
