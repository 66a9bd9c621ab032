using Gsr.Graphs;

namespace Gsr.Learning;

/// <summary>A graph, or one whose nodes are parts of a finer one, as the Leiden algorithm works on it.</summary>
internal sealed class CommunityLevel
{
    private const double Rounding = 1e-12;
    private readonly int[] _starts;
    private readonly int[] _neighbours;
    private readonly double[] _weights;
    private readonly double[] _degrees;

    /// <summary>γ / 2m.</summary>
    private readonly double _factor;

    private CommunityLevel(int[] starts, int[] neighbours, double[] weights, double[] degrees, double factor) =>
        (_starts, _neighbours, _weights, _degrees, _factor) = (starts, neighbours, weights, degrees, factor);

    /// <summary>Number of nodes.</summary>
    public int Size => _degrees.Length;

    /// <summary>The finest level.</summary>
    public static CommunityLevel Of(FeatureGraph graph, double resolution)
    {
        var degrees = graph.Degrees();
        return Of(degrees, graph.Edges, resolution / degrees.Sum());
    }

    /// <summary>
    /// The level whose nodes are the parts of this one; weight within a part matters to its degree alone.
    /// </summary>
    public CommunityLevel Aggregate(int[] parts, int count)
    {
        var degrees = new double[count];
        var between = new SortedDictionary<(int, int), double>();
        for (var i = 0; i < Size; i++)
        {
            degrees[parts[i]] += _degrees[i];
            for (var k = _starts[i]; k < _starts[i + 1]; k++)
            {
                var (a, b) = (parts[i], parts[_neighbours[k]]);
                if (a < b) between[(a, b)] = between.GetValueOrDefault((a, b)) + _weights[k];
            }
        }

        return Of(degrees, [.. between.Select(e => new Edge(e.Key.Item1, e.Key.Item2, e.Value))], _factor);
    }

    /// <summary>
    /// Moves nodes, from a queue in random order, each to the community (a neighbour's or a new one) of largest gain;
    /// the neighbours of a moved node are looked at again.
    /// </summary>
    public void MoveNodes(int[] communities, Random random)
    {
        var totals = new double[Size + 1];
        var sizes = new int[Size + 1];
        for (var i = 0; i < Size; i++)
        {
            totals[communities[i]] += _degrees[i];
            sizes[communities[i]]++;
        }

        var empty = new Stack<int>(Enumerable.Range(0, Size).Where(c => sizes[c] == 0));
        int[] order = [.. Enumerable.Range(0, Size)];
        random.Shuffle(order);
        var queue = new Queue<int>(order);
        var waits = new bool[Size];
        Array.Fill(waits, true);
        var links = new double[Size + 1];
        var touched = new List<int>();
        while (queue.TryDequeue(out var node))
        {
            waits[node] = false;
            var own = communities[node];
            totals[own] -= _degrees[node];
            Link(node, communities, links, touched);
            // Alone, in a community that is empty, is worth 0; the node stays where it is unless another place is truly
            // better.
            var (best, gain) = (own, links[own] - (_factor * _degrees[node] * totals[own]));
            if (sizes[own] > 1 && gain < -Rounding * _degrees[node]) (best, gain) = (-1, 0);
            foreach (var community in touched)
            {
                var other = links[community] - (_factor * _degrees[node] * totals[community]);
                if (other > gain + (Rounding * _degrees[node])) (best, gain) = (community, other);
            }

            Unlink(links, touched);
            if (best < 0) best = empty.Pop();
            totals[best] += _degrees[node];
            if (best == own) continue;
            if (--sizes[own] == 0) empty.Push(own);
            sizes[best]++;
            communities[node] = best;
            for (var k = _starts[node]; k < _starts[node + 1]; k++)
            {
                var neighbour = _neighbours[k];
                if (waits[neighbour] || communities[neighbour] == best) continue;
                waits[neighbour] = true;
                queue.Enqueue(neighbour);
            }
        }
    }

    /// <summary>
    /// Splits each community into parts: from single nodes, those well connected to their community join, each once, a
    /// part that is so too, at random with probability ∝ exp(gain / θ) among those that gain.
    /// </summary>
    public int[] Refine(int[] communities, Random random, double randomness)
    {
        var parts = Enumerable.Range(0, Size).ToArray();
        var totals = _degrees.AsSpan().ToArray();
        var alone = new bool[Size];
        Array.Fill(alone, true);
        var communityTotals = new double[Size];
        for (var i = 0; i < Size; i++) communityTotals[communities[i]] += _degrees[i];

        // Weight from each part to the rest of its community.
        var outward = new double[Size];
        for (var i = 0; i < Size; i++) outward[i] = WeightInto(i, communities, communities[i]);

        int[] order = [.. Enumerable.Range(0, Size)];
        random.Shuffle(order);
        var links = new double[Size];
        var touched = new List<int>();
        var gains = new List<(int Part, double Gain)>();
        // θ is in units of Q, in which a gain is 1/m, that is 2 _factor / γ, times what it is here; γ is left in.
        var scale = randomness / (2 * _factor);
        foreach (var node in order)
        {
            var community = communities[node];
            if (!alone[parts[node]] || !IsWellConnected(node)) continue;
            Link(node, parts, links, touched, communities);
            gains.Clear();
            // To stay alone gains nothing, and is a choice too.
            gains.Add((parts[node], 0));
            foreach (var part in touched)
            {
                if (part == parts[node] || !IsWellConnected(part)) continue;
                var gain = links[part] - (_factor * _degrees[node] * totals[part]);
                if (gain > 0) gains.Add((part, gain));
            }

            var chosen = Choose(gains, random, scale);
            if (chosen != parts[node])
            {
                outward[chosen] += outward[node] - (2 * links[chosen]);
                totals[chosen] += _degrees[node];
                totals[parts[node]] = 0;
                alone[chosen] = false;
                parts[node] = chosen;
            }

            Unlink(links, touched);

            bool IsWellConnected(int part) =>
                outward[part] >= _factor * totals[part] * (communityTotals[community] - totals[part]) * (1 - Rounding);
        }

        return parts;
    }

    /// <summary>The connected components of each community.</summary>
    public int[] Connected(int[] communities)
    {
        var labels = new int[Size];
        Array.Fill(labels, -1);
        var stack = new Stack<int>();
        for (var first = 0; first < Size; first++)
        {
            if (labels[first] >= 0) continue;
            labels[first] = first;
            stack.Push(first);
            while (stack.TryPop(out var node))
            {
                for (var k = _starts[node]; k < _starts[node + 1]; k++)
                {
                    var neighbour = _neighbours[k];
                    if (labels[neighbour] >= 0 || communities[neighbour] != communities[node]) continue;
                    labels[neighbour] = first;
                    stack.Push(neighbour);
                }
            }
        }

        return labels;
    }

    private static int Choose(List<(int Part, double Gain)> gains, Random random, double scale)
    {
        var largest = gains.Max(g => g.Gain);
        var sum = gains.Sum(g => Math.Exp((g.Gain - largest) / scale));
        var at = random.NextDouble() * sum;
        foreach (var (part, gain) in gains)
        {
            at -= Math.Exp((gain - largest) / scale);
            if (at < 0) return part;
        }

        return gains[^1].Part;
    }

    private static CommunityLevel Of(double[] degrees, IReadOnlyList<Edge> edges, double factor)
    {
        var starts = new int[degrees.Length + 1];
        foreach (var (source, target, _) in edges)
        {
            starts[source + 1]++;
            starts[target + 1]++;
        }

        for (var i = 0; i < degrees.Length; i++) starts[i + 1] += starts[i];
        var next = starts[..^1];
        var neighbours = new int[starts[^1]];
        var weights = new double[starts[^1]];
        foreach (var (source, target, weight) in edges)
        {
            (neighbours[next[source]], weights[next[source]++]) = (target, weight);
            (neighbours[next[target]], weights[next[target]++]) = (source, weight);
        }

        return new CommunityLevel(starts, neighbours, weights, degrees, factor);
    }

    private double WeightInto(int node, int[] labels, int label)
    {
        double sum = 0;
        for (var k = _starts[node]; k < _starts[node + 1]; k++)
            if (labels[_neighbours[k]] == label) sum += _weights[k];
        return sum;
    }

    /// <summary>
    /// The weight from a node to each label among its neighbours, of those in its own community where one is given.
    /// </summary>
    private void Link(int node, int[] labels, double[] links, List<int> touched, int[]? within = null)
    {
        for (var k = _starts[node]; k < _starts[node + 1]; k++)
        {
            var neighbour = _neighbours[k];
            if (within is not null && within[neighbour] != within[node]) continue;
            if (links[labels[neighbour]] == 0) touched.Add(labels[neighbour]);
            links[labels[neighbour]] += _weights[k];
        }
    }

    private static void Unlink(double[] links, List<int> touched)
    {
        foreach (var label in touched) links[label] = 0;
        touched.Clear();
    }
}
