namespace Gsr.Experiments.Subclusters;

/// <summary>
/// The 15 ways to pair six things, which are an exact test of a pairing: without a reason for it, it is the best of
/// them with probability 1/15.
/// </summary>
public static class Pairings
{
    /// <summary>All of them, each as the pair (0, 1 or 2) of each thing; the first is 0-1, 2-3, 4-5.</summary>
    public static IReadOnlyList<int[]> OfSix { get; } = [.. Extend([], [0, 1, 2, 3, 4, 5])];

    /// <summary>
    /// The rank of the first pairing by a score: how many of the 15 score at least as high, so that 1 is the best alone
    /// and 15 what a constant score gives.
    /// </summary>
    public static int RankOfFirst(Func<int[], double> score)
    {
        // Equal shares that are summed in another order may differ by rounding.
        var first = score(OfSix[0]) - 1e-9;
        return OfSix.Count(pairing => score(pairing) >= first);
    }

    private static IEnumerable<int[]> Extend((int A, int B)[] pairs, int[] left)
    {
        if (left.Length == 0)
        {
            var pairOf = new int[2 * pairs.Length];
            foreach (var (number, (a, b)) in pairs.Index()) pairOf[a] = pairOf[b] = number;
            return [pairOf];
        }

        return left.Skip(1).SelectMany(partner =>
            Extend([.. pairs, (left[0], partner)], [.. left.Skip(1).Where(thing => thing != partner)]));
    }
}
