namespace Gsr.Graphs;

/// <summary>Checks shared by graphs and metrics; each message names the argument, its value and the remedy.</summary>
internal static class GraphArguments
{
    /// <summary>
    /// Far above any layer of neurons; a typo such as Grid(10000, 10000) fails here and not by exhausting memory.
    /// </summary>
    internal const int MaximalNodeCount = 1 << 20;
    internal const int MaximalEdgeCount = 1 << 24;

    /// <summary>A dense matrix of this many nodes takes 2 GB.</summary>
    internal const int MaximalDenseNodeCount = 1 << 14;

    internal static void AtLeast(int value, int minimum, string argument, string remedy)
    {
        if (value < minimum)
            throw new ArgumentOutOfRangeException(argument, value, $"{argument} is {value}; {remedy}");
    }

    internal static void Size(long nodes, long edges, string argument, object value)
    {
        if (nodes <= MaximalNodeCount && edges <= MaximalEdgeCount)
            return;
        throw new ArgumentOutOfRangeException(argument, value,
            $"{argument} = {value} asks for {nodes} nodes and {edges} edges; "
            + $"at most {MaximalNodeCount} nodes and {MaximalEdgeCount} edges are supported: choose a smaller size.");
    }

    internal static void DenseSize(int nodeCount, string graph)
    {
        if (nodeCount > MaximalDenseNodeCount)
        {
            throw new InvalidOperationException(
                $"{graph}: {nodeCount} nodes are too many for a dense matrix (at most {MaximalDenseNodeCount}); "
                + "use the edges or the sparse Laplacian.");
        }
    }

    internal static void Length(int length, int expected, string argument, string unit)
    {
        if (length != expected)
        {
            throw new ArgumentException(
                $"{argument} holds {length} values; expected {expected}, one per {unit}.", argument);
        }
    }

    /// <summary>One finite value per node.</summary>
    internal static void Signal(ReadOnlySpan<double> signal, int nodeCount, string argument)
    {
        Length(signal.Length, nodeCount, argument, "node of the graph");
        for (int i = 0; i < signal.Length; i++)
        {
            if (!double.IsFinite(signal[i]))
            {
                throw new ArgumentException(
                    $"{argument}[{i}] is {signal[i]}; every node needs a finite value: drop or replace it first.",
                    argument);
            }
        }
    }
}
