using TorchSharp;

namespace Gsr.Training;

/// <summary>
/// Draws batches by index from tensors that hold all examples: each epoch visits every example once in a new random
/// order; an epoch's last batch may be smaller.
/// </summary>
/// <remarks>
/// The order depends on the seed alone, not on libtorch's random state, its version or the number of threads.
/// </remarks>
internal sealed class BatchSampler : IBatchSource
{
    private readonly torch.Tensor[] _examples;
    private readonly (Random Random, long[] Order)[] _members;
    private readonly bool _isOne;
    private torch.Tensor? _orders;
    private int _next;

    /// <summary>
    /// Makes a sampler of one tensor or several of equal first dimension, such as images [n, 1, 28, 28] and labels [n],
    /// which stay the caller's; the seed is that of the order.
    /// </summary>
    public BatchSampler(IReadOnlyList<torch.Tensor> examples, int batchSize, int seed)
        : this(examples, batchSize, [seed]) => _isOne = true;

    /// <summary>
    /// Batches for each member of an ensemble from the same examples, [members, batch, …], each in the order that a
    /// sampler of its seed alone would have; one gather for all.
    /// </summary>
    internal BatchSampler(IReadOnlyList<torch.Tensor> examples, int batchSize, IReadOnlyList<int> seeds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        Count = checked((int)CountOf(examples));
        if (seeds.Count == 0) throw new ArgumentException("seeds is empty; give one per member.", nameof(seeds));
        _examples = [.. examples];
        _members = [.. seeds.Select(seed => (new Random(seed), Enumerable.Sequence(0L, Count - 1, 1).ToArray()))];
        BatchSize = batchSize;
        _next = Count;
    }

    /// <summary>Examples per batch.</summary>
    public int BatchSize { get; }

    /// <summary>Number of examples.</summary>
    public int Count { get; }

    /// <summary>Batches in an epoch, the smaller last one included.</summary>
    public int BatchesPerEpoch => (Count + BatchSize - 1) / BatchSize;

    /// <summary>The tensors that hold all examples.</summary>
    public IReadOnlyList<torch.Tensor> Examples => _examples;

    /// <summary>Number of orders.</summary>
    public int Members => _members.Length;

    /// <summary>Whether there is one order and not one for each member of an ensemble.</summary>
    public bool IsOne => _isOne;

    /// <summary>Where in each order the next batch is, without a tensor of it.</summary>
    public Range Advance()
    {
        if (_next >= Count) Shuffle();
        var start = _next;
        _next += Math.Min(BatchSize, Count - _next);
        return start.._next;
    }

    /// <summary>The indices of a member's batch; member 0 of a sampler of one order.</summary>
    public ReadOnlySpan<long> Indices(int member, Range batch) => _members[member].Order.AsSpan(batch);

    /// <summary>The next batch; the caller owns its tensors.</summary>
    public torch.Tensor[] Next()
    {
        if (_next >= Count) Shuffle();
        var size = Math.Min(BatchSize, Count - _next);
        using var ofMembers = _orders!.narrow(1, _next, size);
        using var indices = ofMembers.reshape(-1);
        _next += size;
        return Array.ConvertAll(
            _examples,
            examples => _isOne ? examples.index_select(0, indices) : Gather(examples, indices, _members.Length));
    }

    /// <summary>Frees the sampler's own index tensor.</summary>
    public void Dispose() => _orders?.Dispose();

    /// <summary>Examples by index, [members, indices / members, …].</summary>
    internal static torch.Tensor Gather(torch.Tensor examples, torch.Tensor indices, int members)
    {
        using var chosen = examples.index_select(0, indices);
        return chosen.view([members, indices.shape[0] / members, .. examples.shape[1..]]);
    }

    /// <summary>Number of examples in each of some tensors.</summary>
    private static long CountOf(IReadOnlyList<torch.Tensor> examples)
    {
        if (examples.Count == 0) throw new ArgumentException("No tensor of examples was given.", nameof(examples));
        if (examples.Any(tensor => tensor.dim() == 0))
        {
            throw new ArgumentException(
                "A tensor of examples is a single number: it has no first dimension to draw from.", nameof(examples));
        }

        var count = examples[0].shape[0];
        if (count == 0) throw new ArgumentException("The tensor of examples is empty.", nameof(examples));
        if (examples.FirstOrDefault(tensor => tensor.shape[0] != count) is { } other)
        {
            throw new ArgumentException(
                $"The tensors hold {count} and {other.shape[0]} examples; the first dimensions must agree.",
                nameof(examples));
        }

        return count;
    }

    private void Shuffle()
    {
        foreach (var (random, order) in _members) random.Shuffle(order);
        _next = 0;
        _orders?.Dispose();
        using var flat = torch.tensor(
            _members.SelectMany(member => member.Order).ToArray(), device: _examples[0].device);
        _orders = flat.reshape(_members.Length, Count).DetachFromDisposeScope();
    }
}
