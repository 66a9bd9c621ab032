namespace Gsr.Learning;

/// <summary>From which samples the graphs of a training are built.</summary>
public enum GraphSampling
{
    /// <summary>New ones for each graph, as the paper's code does: a graph differs also by its samples.</summary>
    NewForEachGraph,

    /// <summary>The same for all graphs: they differ by what the network has learned alone.</summary>
    SameForAllGraphs,
}
