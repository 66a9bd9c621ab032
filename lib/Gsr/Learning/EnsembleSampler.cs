using TorchSharp;

namespace Gsr.Learning;

/// <summary>
/// Batches for each member of an ensemble from the same examples, each in the order that <see cref="Training.BatchSampler"/>
/// has for the member's seed; one gather for all.
/// </summary>
internal sealed class EnsembleSampler
{
    private readonly torch.Tensor _examples;
    private readonly int _batchSize;
    private readonly (Random Random, int[] Order)[] _members;
    private int _next;

    public EnsembleSampler(torch.Tensor examples, int batchSize, IEnumerable<int> seeds)
    {
        _examples = examples;
        _batchSize = batchSize;
        Count = checked((int)examples.shape[0]);
        _members = [.. seeds.Select(seed => (new Random(seed), Enumerable.Range(0, Count).ToArray()))];
        _next = Count;
    }

    /// <summary>Number of examples.</summary>
    public int Count { get; }

    /// <summary>The next batch, [members, batch, …]; the caller owns it.</summary>
    public torch.Tensor Next()
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
        return Gather(_examples, indices, _members.Length);
    }

    /// <summary>Examples by index, [members, indices / members, …].</summary>
    public static torch.Tensor Gather(torch.Tensor examples, long[] indices, int members)
    {
        using var scope = torch.NewDisposeScope();
        var chosen = examples.index_select(0, torch.tensor(indices, device: examples.device));
        return chosen.view([members, indices.Length / members, .. examples.shape[1..]]).MoveToOuterDisposeScope();
    }
}
