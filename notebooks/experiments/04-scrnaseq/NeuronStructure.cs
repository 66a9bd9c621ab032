namespace Gsr.Experiments.ScRnaSeq;

/// <summary>How neurons are grouped, one value per network.</summary>
/// <param name="Name">Of the condition.</param>
/// <param name="Components">Number of groups.</param>
/// <param name="Largest">Neurons of the largest.</param>
/// <param name="Within">Mean correlation of marker profiles of two neurons of one group.</param>
/// <param name="Between">The same of different groups.</param>
/// <param name="Neighbours">The same of neighbours in the order.</param>
/// <param name="Copies">Mean correlation of the activations themselves, over the cells, within a group.</param>
public sealed record NeuronStructure(string Name, Replicates Components, Replicates Largest, Replicates Within,
    Replicates Between, Replicates Neighbours, Replicates Copies)
{
    /// <summary>Between as text; one group alone has no pair.</summary>
    public string BetweenText => double.IsNaN(Between.Mean) ? "no pair" : $"{Between}";
}
