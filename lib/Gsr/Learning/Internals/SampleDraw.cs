namespace Gsr.Learning;

/// <summary>
/// Draws samples without replacement, by a seed of its own: the order of the training's batches stays as it is.
/// </summary>
internal sealed class SampleDraw
{
    private readonly Random _random;
    private readonly long[] _all;
    private readonly int _count;

    public SampleDraw(long examples, int count, int seed)
    {
        // Another stream than the batches', which have the seed itself.
        _random = new Random(unchecked((seed * 486_187_739) + 1));
        _all = [.. Enumerable.Range(0, checked((int)examples)).Select(i => (long)i)];
        _count = (int)Math.Min(examples, count);
    }

    /// <summary>The samples of the next graph, ascending.</summary>
    public long[] Next()
    {
        for (var i = 0; i < _count; i++)
        {
            var other = _random.Next(i, _all.Length);
            (_all[i], _all[other]) = (_all[other], _all[i]);
        }

        var chosen = _all[.._count];
        Array.Sort(chosen);
        return chosen;
    }
}
