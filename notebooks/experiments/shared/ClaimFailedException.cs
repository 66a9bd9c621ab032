namespace Gsr.Experiments;

/// <summary>A notebook's claim does not hold.</summary>
public sealed class ClaimFailedException(string claim, string measured)
    : Exception($"The claim does not hold: {claim}; measured {measured}.");
