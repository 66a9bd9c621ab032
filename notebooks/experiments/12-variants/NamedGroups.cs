using Gsr.Analysis;
using Gsr.Analysis.Metrics;

namespace Gsr.Experiments.Variants;

/// <summary>How well the most active group of neurons tells the class of an example.</summary>
public static class NamedGroups
{
    /// <summary>The share of examples whose most active group is that of their class, group c being class c.</summary>
    /// <param name="activations">[examples, neurons]; groups are compared by their mean, neurons standardised.</param>
    /// <param name="groupOf">The group of each neuron, from 0, as many as classes.</param>
    /// <param name="labels">The class of each example.</param>
    public static double ByNumber(double[,] activations, int[] groupOf, IReadOnlyList<int> labels)
    {
        var strongest = NodeGroups.Means(activations, groupOf).ArgMaxOfRows();
        return strongest.Zip(labels).Count(pair => pair.First == pair.Second) / (double)labels.Count;
    }

    /// <summary>The same with the naming of groups that reads most examples rightly, found on these examples.</summary>
    /// <param name="activations">[examples, neurons].</param>
    /// <param name="groupOf">The group of each neuron, from 0, as many as classes.</param>
    /// <param name="labels">The class of each example.</param>
    public static double ByBestNaming(double[,] activations, int[] groupOf, IReadOnlyList<int> labels)
    {
        var groups = groupOf.Max() + 1;
        var together = new double[groups, groups];
        foreach (var (group, label) in NodeGroups.Means(activations, groupOf).ArgMaxOfRows().Zip(labels))
            together[label, group]++;
        return Assignment.Best(together).Select((group, label) => together[label, group]).Sum() / labels.Count;
    }
}
