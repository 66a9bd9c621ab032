namespace Gsr.Experiments;

/// <summary>What a notebook says does not hold in this run.</summary>
public sealed class ClaimFailedException(string claim, string measured)
    : Exception($"This does not hold: {claim}; measured {measured}.");
