using Gsr.Analysis;
using Gsr.Analysis.Pictures;
using Plotly.NET;

namespace Gsr.Experiments.Disentanglement;

/// <summary>All methods' scores in one world.</summary>
/// <param name="World">The world.</param>
/// <param name="Methods">In the order to show.</param>
public sealed record WorldScores(DigitWorld World, IReadOnlyList<MethodScores> Methods)
{
    /// <summary>A method and its reading by name, such as "GSR, path · frequencies".</summary>
    public MethodScores this[string name] => Methods.Single(m => m.Name == name);

    /// <summary>Differences seed by seed: networks of one seed see the same batches.</summary>
    public Replicates Difference(string first, string second, Func<CodeScores, double> score) =>
        this[first].Of(score).Minus(this[second].Of(score));

    /// <summary>Is the first higher? Named by the world.</summary>
    public Finding Higher(string first, string second, Func<CodeScores, double> score) =>
        Difference(first, second, score).Estimate(3, signed: true).Above(0).Named(World.Name);

    /// <summary>Rows to show.</summary>
    public object[] Table() => [.. Methods.Select(m => new
    {
        method = m.Method, read_by = m.Units, D = m.Of(s => s.D).Interval(3), C = m.Of(s => s.C).Interval(3),
        I = m.Of(s => s.I).Interval(3), MIG = m.Of(s => s.Mig).Interval(3), error = m.Error.Interval(4),
    })];

    /// <summary>Every network as a dot, beside the score of a code that needs no network.</summary>
    public GenericChart Dots(CodeScores reference, string referenceName)
    {
        return DotsWithSpread.Compare(
            [Panel("D", s => s.D), Panel("C", s => s.C), Panel("I", s => s.I), Panel("MIG", s => s.Mig)],
            $"{World.Name}: disentanglement, completeness, informativeness, MIG", referenceName);

        DotPanel Panel(string metric, Func<CodeScores, double> score) => new(metric,
            [.. Methods.Select(m => new DotGroup(m.Name, m.Of(score).Values, score(reference)))]);
    }

    /// <summary>
    /// The importances behind D and C of the first seed's network: a row is a factor and sums to 1.
    /// </summary>
    public GenericChart Importances(string name)
    {
        var dci = this[name].Scores[0].Dci;
        var importances = dci.Importances().Transposed();
        return NodeHeatMap.Draw(Rounded(importances), $"{World.Name}: {name}, first seed, {dci}", Factors(),
            [.. Enumerable.Range(1, importances.GetLength(1)).Select(i => $"{i}")], "factor", "importance",
            nodeTitle: this[name].Units);
    }

    /// <summary>How well each factor is predicted from all neurons together, mean over seeds.</summary>
    public GenericChart Informativeness()
    {
        MethodScores[] byNeurons = [.. Methods.Where(m => m.Units == "neurons")];
        var factors = Factors();
        var means = Matrices.Of(byNeurons.Length, factors.Length,
            (m, k) => byNeurons[m].Scores.Average(s => s.Dci.InformativenessOfFactors[k]));
        return NodeHeatMap.Draw(Rounded(means), $"{World.Name}: informativeness of each factor, mean over seeds",
            [.. byNeurons.Select(m => m.Method)], factors, "method", "1 − error", nodeTitle: "factor");
    }

    private string[] Factors() => [.. World.Results.Factors.Select(f => f.Name)];

    private static double[,] Rounded(double[,] values) => Matrices.Of(
        values.GetLength(0), values.GetLength(1), (r, c) => Math.Round(values[r, c], 3));
}
