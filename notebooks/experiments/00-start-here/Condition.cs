using Gsr.Analysis.Pictures;

namespace Gsr.Experiments.StartHere;

/// <summary>Networks of different seeds that were trained in one way.</summary>
public sealed class Condition
{
    private readonly TrainedLayer[] _networks;

    /// <summary>Takes the networks, at least one; where conditions are compared, of the same seeds in order.</summary>
    public Condition(string name, IEnumerable<TrainedLayer> networks) => (Name, _networks) = (name, [.. networks]);

    /// <summary>How they were trained, in a few words.</summary>
    public string Name { get; }

    /// <summary>The network of the first seed, which pictures show.</summary>
    public TrainedLayer First => _networks[0];

    /// <summary>A number of each network.</summary>
    public Replicates Of(Func<TrainedLayer, double> number) => new(_networks.Select(number));

    /// <summary>The same as a line of dots.</summary>
    public DotGroup Dots(Func<TrainedLayer, double> number, string? name = null) =>
        new(name ?? Name, Of(number).Values);

    /// <summary>A number minus that of another condition, seed by seed.</summary>
    public Estimate Over(Condition other, Func<TrainedLayer, double> number, int decimals = 2, string unit = "") =>
        Of(number).Minus(other.Of(number)).Estimate(decimals, unit, signed: true);

    /// <summary>The first network as a stop of a slider.</summary>
    public ClassMapStop Stop() => new(Name, First.Maps, FormattableString.Invariant(
        $"{First.Accuracy:F1} % right, cross-entropy {First.CrossEntropy:F2}, zᵀLz / zᵀz {First.Quotient:F2}"));
}
