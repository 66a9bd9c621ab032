using Gsr.Analysis;
using Gsr.Analysis.Pictures;
using Gsr.Graphs;

namespace Gsr.Experiments.SpectralFilters;

/// <summary>The networks of one condition, one per seed.</summary>
/// <param name="Condition">How they were trained.</param>
/// <param name="Runs">In the order of the seeds.</param>
public sealed record CodeRuns(CodeCondition Condition, IReadOnlyList<CodeRun> Runs)
{
    /// <summary>A score of code and places, one value per network.</summary>
    public Replicates Of(Func<double[,], double[], double> score) => new(Runs.Select(r => score(r.Code, r.Places)));

    /// <summary>1,000 times the error of the reconstruction.</summary>
    public Replicates Error => new(Runs.Select(r => 1000 * r.Error));

    /// <summary>
    /// Share of a code's variation over the examples that is in frequencies <paramref name="from"/> to
    /// <paramref name="to"/> of its graph: mean energies of the Fourier coefficients of the centred code.
    /// </summary>
    public Replicates EnergyShare(GraphSpectrum spectrum, int from, int to) => Of((code, _) =>
    {
        double[] means = [.. code.Columns().Select(node => node.Average())];
        var energies = spectrum.MeanEnergy(
            Matrices.Of(code.GetLength(0), code.GetLength(1), (e, i) => code[e, i] - means[i]));
        return energies[from..(to + 1)].Sum() / energies.Sum();
    });

    /// <summary>The mean over networks of the score with atoms in random orders, one value per network.</summary>
    /// <exception cref="InvalidOperationException">The codes are not mixtures.</exception>
    public Replicates AtomsPermuted(Func<double[,], double[], double> score) =>
        new(Runs.Select(r => r.WithAtomsPermuted(Condition.Atoms!, score)));

    /// <summary>A score as dots, with the middle 95 % of what permuted nodes give as the null.</summary>
    public DotGroup Dots(Func<double[,], double[], double> score)
    {
        double[] permuted = [.. Runs.SelectMany(r => r.WithNodesPermuted(score)).Order()];
        return new DotGroup(Condition.Name, Of(score).Values, Null: (At(0.025), At(0.975)));

        double At(double share) => permuted[(int)Math.Round(share * (permuted.Length - 1))];
    }
}
