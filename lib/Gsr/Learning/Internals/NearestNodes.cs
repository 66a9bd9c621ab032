namespace Gsr.Learning;

/// <summary>
/// The k nearest of the nodes that vary, by ascending distance; equal distances go to the lower number, so that the
/// answer does not depend on the order of the work.
/// </summary>
internal static class NearestNodes
{
    /// <summary>
    /// Each row's neighbours' rows and values, nearest first; k is lowered to the number of other rows.
    /// </summary>
    public static (int Row, float Value)[][] Of(DistanceRows distances, int k)
    {
        var nearest = new (int, float)[distances.Nodes.Length][];
        distances.ForEach((row, values) => nearest[row] = Of(row, values, k));
        return nearest;
    }

    /// <summary>The neighbours of one row.</summary>
    public static (int Row, float Value)[] Of(int row, ReadOnlySpan<float> values, int k)
    {
        k = Math.Min(k, values.Length - 1);
        if (k < 1) return [];
        // A heap with the farthest of the nearest on top.
        var heap = new (int Row, float Value)[k];
        var count = 0;
        for (var other = 0; other < values.Length; other++)
        {
            if (other == row) continue;
            var candidate = (other, values[other]);
            if (count < k)
            {
                heap[count++] = candidate;
                if (count == k)
                    for (var at = (k / 2) - 1; at >= 0; at--) Sink(heap, at);
            }
            else if (values[other] < heap[0].Value)
            {
                heap[0] = candidate;
                Sink(heap, 0);
            }
        }

        Array.Sort(heap, Compare);
        return heap;
    }

    private static void Sink((int Row, float Value)[] heap, int at)
    {
        while (true)
        {
            var child = (2 * at) + 1;
            if (child >= heap.Length) return;
            if (child + 1 < heap.Length && Compare(heap[child + 1], heap[child]) > 0) child++;
            if (Compare(heap[child], heap[at]) <= 0) return;
            (heap[at], heap[child]) = (heap[child], heap[at]);
            at = child;
        }
    }

    private static int Compare((int Row, float Value) a, (int Row, float Value) b)
    {
        var byValue = a.Value.CompareTo(b.Value);
        return byValue != 0 ? byValue : a.Row.CompareTo(b.Row);
    }
}
