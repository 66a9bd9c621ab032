namespace Gsr.Experiments.Disentanglement;

/// <summary>What the units of a code are taken to be.</summary>
/// <param name="Units">Such as "neurons".</param>
/// <param name="Of">From activations [examples, neurons] to units [examples, units].</param>
public sealed record CodeReading(string Units, Func<double[,], double[,]> Of);
