using TorchSharp;

namespace Gsr.Training;

/// <summary>
/// Draws batches by index from tensors that hold all examples: each epoch visits every example once in a new random order;
/// an epoch's last batch may be smaller.
/// </summary>
/// <remarks>The order depends on the seed alone, not on libtorch's random state, its version or the number of threads.</remarks>
public sealed class BatchSampler : IBatchSource
{
    private readonly torch.Tensor[] _examples;
    private readonly Random _random;
    private readonly long[] _order;
    private torch.Tensor? _indices;
    private int _next;

    /// <summary>Makes a sampler; the tensors stay the caller's.</summary>
    /// <param name="examples">One tensor or several of equal first dimension, such as images [n, 1, 28, 28] and labels [n].</param>
    /// <param name="batchSize">At least 1.</param>
    /// <param name="seed">Of the order.</param>
    /// <exception cref="ArgumentException">No tensor, no example, or numbers of examples that differ.</exception>
    public BatchSampler(IReadOnlyList<torch.Tensor> examples, int batchSize, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var count = CountOf(examples);
        _examples = [.. examples];
        _random = new Random(seed);
        _order = new long[count];
        for (var i = 0; i < _order.Length; i++) _order[i] = i;
        BatchSize = batchSize;
        _next = _order.Length;
    }

    /// <summary>Examples per batch.</summary>
    public int BatchSize { get; }

    /// <summary>Number of examples.</summary>
    public int Count => _order.Length;

    /// <summary>Batches in an epoch, the smaller last one included.</summary>
    public int BatchesPerEpoch => (Count + BatchSize - 1) / BatchSize;

    /// <summary>The next batch; the caller owns its tensors.</summary>
    public torch.Tensor[] Next()
    {
        if (_next >= Count) Shuffle();
        var size = Math.Min(BatchSize, Count - _next);
        using var indices = _indices!.narrow(0, _next, size);
        _next += size;
        return Array.ConvertAll(_examples, tensor => tensor.index_select(0, indices));
    }

    /// <summary>Frees the sampler's own index tensor.</summary>
    public void Dispose() => _indices?.Dispose();

    /// <summary>Number of examples in each of some tensors.</summary>
    /// <exception cref="ArgumentException">No tensor, no example, or numbers of examples that differ.</exception>
    internal static long CountOf(IReadOnlyList<torch.Tensor> examples)
    {
        if (examples.Count == 0) throw new ArgumentException("No tensor of examples was given.", nameof(examples));
        if (examples.Any(tensor => tensor.dim() == 0))
            throw new ArgumentException("A tensor of examples is a single number: it has no first dimension to draw from.", nameof(examples));
        var count = examples[0].shape[0];
        if (count == 0) throw new ArgumentException("The tensor of examples is empty.", nameof(examples));
        foreach (var tensor in examples)
        {
            if (tensor.shape[0] != count)
                throw new ArgumentException($"The tensors hold {count} and {tensor.shape[0]} examples; the first dimensions must agree.", nameof(examples));
        }

        return count;
    }

    private void Shuffle()
    {
        _random.Shuffle(_order);
        _next = 0;
        _indices?.Dispose();
        _indices = torch.tensor(_order, device: _examples[0].device).DetachFromDisposeScope();
    }
}
