using Gsr.Analysis.Metrics;
using Gsr.Analysis.Pictures;
using Gsr.Training;

namespace Gsr.Experiments.Subclusters;

/// <summary>What the networks of one method, one per seed, make of the hierarchy; neurons 0-1, 2-3, 4-5 are pairs.</summary>
public sealed class MethodScores
{
    private readonly TrainedCode[] _networks;
    private readonly IReadOnlyList<TrainingHistory> _histories;

    /// <summary>Measures networks, at least one, that were trained in one ensemble or each by itself.</summary>
    public MethodScores(
        string method, IReadOnlyList<TrainedCode> networks, params IReadOnlyList<TrainingHistory> histories)
    {
        (Method, _networks, _histories) = (method, [.. networks], histories);
        Share = Each(n => Owned(n).Mean);
        Cosine = Each(n => ClusterCodes.BetweenClusterCosine(ClusterCodes.Large(n.Means)));
        Live = Each(n => ClusterCodes.LiveNodes(n.Means));
        Ends = Each(n => ClusterCodes.EndsApart(n.Means, [.. Owned(n).Groups.Select(g => (2 * g, (2 * g) + 1))]));
        Error = Each(n => n.Error);
        ToPaper = Each(n => PaperHeatMap.Distance(PaperHeatMap.Aligned(n.Means)));
    }

    /// <summary>The same of networks with the histories of their trainings.</summary>
    public static MethodScores Of(string method, IReadOnlyList<(TrainedCode Code, TrainingHistory History)> networks) =>
        new(method, [.. networks.Select(n => n.Code)], [.. networks.Select(n => n.History)]);

    /// <summary>Its name.</summary>
    public string Method { get; }

    /// <summary>Own-pair share.</summary>
    public Replicates Share { get; }

    /// <summary>Cosine of the mean codes of different large clusters.</summary>
    public Replicates Cosine { get; }

    /// <summary>Live neurons.</summary>
    public Replicates Live { get; }

    /// <summary>Ends apart, 0 to 2.</summary>
    public Replicates Ends { get; }

    /// <summary>Reconstruction error, without noise on the code.</summary>
    public Replicates Error { get; }

    /// <summary>Mean difference to the paper's heat map, in the order of neurons that is closest to it.</summary>
    public Replicates ToPaper { get; }

    /// <summary>
    /// The heat map of the network whose own-pair share is the median, of two in the middle the lower one's, its
    /// neurons in the paper's order.
    /// </summary>
    public double[,] MedianMap => PaperHeatMap.Aligned(
        _networks.Zip(Share.Values).OrderBy(n => n.Second).ElementAt((_networks.Length - 1) / 2).First.Means);

    /// <summary>In how many networks all six neurons live.</summary>
    public Estimate AllLive => Count(n => ClusterCodes.LiveNodes(n.Means) == 6);

    /// <summary>In how many networks the graph's pairs have the highest own-pair share of the 15 pairings.</summary>
    public Estimate PairsFirst => Count(n =>
        Pairings.RankOfFirst(pairs => OwnPairShare.Of(ClusterCodes.Large(n.Means), pairs).Mean) == 1);

    /// <summary>
    /// In how many networks the true large clusters have the highest own-pair share of the 15 ways to put the six
    /// sub-clusters together by two.
    /// </summary>
    public Estimate ClustersFirst => Count(n => Pairings.RankOfFirst(clusters =>
        OwnPairShare.Of(ClassMeans.Of(n.Means, clusters, 3), Pairings.OfSix[0]).Mean) == 1);

    /// <summary>In how many networks a share is larger than in another method's of the same seed.</summary>
    public Estimate ShareAbove(MethodScores other) => Estimate.Share(
        Share.Minus(other.Share).Values.Count(difference => difference > 0), _networks.Length);

    /// <summary>The error divided by another method's, seed by seed.</summary>
    public Replicates ErrorOver(MethodScores other) => new(Error.Values.Zip(other.Error.Values, (a, b) => a / b));

    /// <summary>That a number is below another method's by the interval of the paired difference.</summary>
    public Finding Below(MethodScores other, Func<MethodScores, Replicates> number) =>
        number(this).Minus(number(other)).Estimate(signed: true).Below(0).Named(Method);

    /// <summary>A term's mean over the networks in the course of their training, such as "reconstruction".</summary>
    /// <param name="term">A term of the histories.</param>
    /// <param name="name">The curve's name; the method's by default.</param>
    /// <param name="factor">What each value is multiplied by, from its step.</param>
    public Curve Course(string term, string? name = null, Func<long, double>? factor = null)
    {
        var steps = _histories[0].Steps;
        // A task's term is a sum over the members of an ensemble; a penalty's value is their mean.
        var members = term == "reconstruction" ? _networks.Length / _histories.Count : 1;
        return new(name ?? Method, [.. steps.Select(step => (double)step)], [.. steps.Select((step, i) =>
            (factor?.Invoke(step) ?? 1) * _histories.Average(history => history.Term(term)[i]) / members)]);
    }

    /// <summary>The numbers for the results file.</summary>
    public IEnumerable<KeyValuePair<string, object>> Numbers() =>
    [
        new($"{Method}: own-pair share", Share), new($"{Method}: between-cluster cosine", Cosine),
        new($"{Method}: live neurons", Live), new($"{Method}: ends apart", Ends),
        new($"{Method}: reconstruction error", Error), new($"{Method}: difference to the paper's map", ToPaper),
    ];

    private static OwnPairShare Owned(TrainedCode n) =>
        OwnPairShare.Of(ClusterCodes.Large(n.Means), Pairings.OfSix[0]);

    private Replicates Each(Func<TrainedCode, double> number) => new(_networks.Select(number));

    private Estimate Count(Func<TrainedCode, bool> holds) => Estimate.Share(_networks.Count(holds), _networks.Length);
}
