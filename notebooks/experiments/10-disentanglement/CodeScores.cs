namespace Gsr.Experiments.Disentanglement;

/// <summary>Both scores of one code.</summary>
/// <param name="Dci">Disentanglement, completeness, informativeness.</param>
/// <param name="Gap">The mutual information gap.</param>
public sealed record CodeScores(Dci Dci, MutualInformationGap Gap)
{
    /// <summary>Disentanglement.</summary>
    public double D => Dci.Disentanglement;

    /// <summary>Completeness.</summary>
    public double C => Dci.Completeness;

    /// <summary>Informativeness.</summary>
    public double I => Dci.Informativeness;

    /// <summary>The mutual information gap.</summary>
    public double Mig => Gap.Score;
}
