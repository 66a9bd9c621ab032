namespace Gsr.Experiments.Disentanglement;

/// <summary>A way to train a code, with its weight.</summary>
/// <param name="Name">Such as "β-VAE".</param>
/// <param name="Weight">β or α; 0 for none.</param>
/// <param name="Train">From a seed, the world to train in and the digits to score.</param>
public sealed record Method(string Name, double Weight, Func<int, DigitWorld, ScoredDigits, TrainedCode> Train);
