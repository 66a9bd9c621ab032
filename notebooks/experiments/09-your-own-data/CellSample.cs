namespace Gsr.Experiments.OwnData;

/// <summary>Cells drawn at random, each once, always the same for a seed: what need not see all cells takes these.</summary>
internal static class CellSample
{
    /// <summary>Cells in which the number of classes is chosen.</summary>
    internal const int ForChoice = 2_000;

    /// <summary>Cells in which networks are compared.</summary>
    internal const int ForComparison = 5_000;

    /// <summary>Cells of a picture.</summary>
    internal const int ForPictures = 5_000;

    /// <summary>Cells in which classes are found; the others get the nearest class.</summary>
    internal const int ForClasses = 20_000;

    /// <summary>At most so many of the cells, in their order.</summary>
    internal static int[] Of(int cells, int most, int seed = 1)
    {
        int[] all = [.. Enumerable.Range(0, cells)];
        if (cells <= most) return all;
        new Random(seed).Shuffle(all);
        Array.Resize(ref all, most);
        Array.Sort(all);
        return all;
    }
}
