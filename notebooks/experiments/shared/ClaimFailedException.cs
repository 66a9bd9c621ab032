namespace Gsr.Experiments;

/// <summary>A notebook's claim does not hold.</summary>
public sealed class ClaimFailedException : Exception
{
    internal ClaimFailedException(string claim, string measured)
        : base($"The claim does not hold: {claim}; measured {measured}.")
    {
    }
}
